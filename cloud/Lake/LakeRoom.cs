using IotGateway.Cloud.Data;

namespace IotGateway.Cloud.Lake;

/// <summary>The room's entry: the raw lake.</summary>
internal static class LakeRoom
{
    public static void AddLake(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(p => new RawLake(p.GetRequiredService<DataFolder>().RawLake, p.GetRequiredService<TimeProvider>()));
    }
}
