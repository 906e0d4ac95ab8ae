using IotGateway.Hosting;
using IotGateway.Storage.Files;

namespace IotGateway.Edge.Settings;

/// <summary>The room's entry: the gateway's name and folder, and what every room counts and tells the time by.</summary>
internal static class SettingsRoom
{
    public static GatewayOptions AddSettings(this IHostApplicationBuilder builder)
    {
        var gateway = GatewayOptions.Read(builder.Configuration);
        builder.Services.AddSingleton(gateway);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<Counters>();
        DurableFile.CreateFolder(Path.GetFullPath(gateway.DataDirectory));
        return gateway;
    }

    /// <summary>A room's folder or file in the gateway's data folder.</summary>
    public static string DataFolder(this IServiceProvider services, string name) =>
        Path.Combine(services.GetRequiredService<GatewayOptions>().DataDirectory, name);
}
