using IotGateway.Cloud.Data;

namespace IotGateway.Cloud.Lake;

/// <summary>The room's entry: the raw lake, which is the record, and the curated one, written behind it.</summary>
internal static class LakeRoom
{
    public static void AddLake(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<IObjectStore>(p => new FolderObjects(p.GetRequiredService<DataFolder>().Lake));
        services.AddSingleton<RawObjects>();
        services.AddSingleton(p => new RawLog(p.GetRequiredService<DataFolder>().RawLog, p.GetRequiredService<TimeProvider>()));
        services.AddSingleton(p => ActivatorUtilities.CreateInstance<CuratedLake>(p, p.GetRequiredService<DataFolder>().CuratedLake));
        services.AddHostedService<CuratedWriter>();
    }
}
