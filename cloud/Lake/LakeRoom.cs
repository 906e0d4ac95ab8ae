using IotGateway.Cloud.Data;

namespace IotGateway.Cloud.Lake;

/// <summary>The room's entry: the raw lake, which is the record, and the curated one, written behind it.</summary>
internal static class LakeRoom
{
    public static void AddLake(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(p => new RawLake(p.GetRequiredService<DataFolder>().RawLake, p.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IObjectStore>(p => new FolderObjects(p.GetRequiredService<DataFolder>().Lake));
        builder.AddCurated();
    }
}
