using IotGateway.Cloud.Data;
using IotGateway.Cloud.Objects;

namespace IotGateway.Cloud.Erasure;

/// <summary>The room's entry: every place where data may lie, for the commands that let it go.</summary>
internal static class ErasureRoom
{
    public static void AddErasure(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<IErasable, RawLake>();
        services.AddSingleton<IErasable, CuratedTables>();
        services.AddSingleton<IErasable, HotStore>();
        services.AddSingleton<IErasable, SaidRuns>();
        services.AddSingleton<IErasable>(p => new Refused(p.GetRequiredService<IObjectStore>(), "refused/"));
        services.AddSingleton<IErasable>(p => new Refused(new FolderObjects(p.GetRequiredService<DataFolder>().Refused), ""));
        services.AddSingleton<IErasable, SetAside>();
        services.AddSingleton<Eraser>();
        services.AddSingleton<RetainCommand>();
    }
}
