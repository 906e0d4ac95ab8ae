using IotGateway.Edge.Decode.Profiles;

namespace IotGateway.Edge.Decode;

/// <summary>The room's entry: the devices that the configuration lists, and how each is decoded.</summary>
internal static class DecodeRoom
{
    public static void AddDecode(this IHostApplicationBuilder builder) => builder.Services.AddSingleton(
        new DeviceProfiles(
            [.. builder.Configuration.GetSection("Devices").GetChildren().Select(d => DeviceOptions.Read(builder.Configuration, d.Path))]));
}
