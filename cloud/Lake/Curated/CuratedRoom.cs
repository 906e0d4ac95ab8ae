using IotGateway.Cloud.Lake.Curated.Taking;
using IotGateway.Cloud.Lake.Raw;
using IotGateway.Cloud.Objects;
using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Lake.Curated;

/// <summary>The curated part of the room.</summary>
internal static class CuratedRoom
{
    /// <summary>
    /// Adds the transform, run behind everything else where it is this process's work. The object store is added by the room.
    /// </summary>
    public static void AddCurated(this WebApplicationBuilder builder, bool transforms)
    {
        var services = builder.Services;
        services.AddSingleton(CuratedOptions.Read(builder.Configuration));
        services.AddSingleton(new CuratedLake { IsMadeHere = transforms });
        services.AddSingleton<Publisher>();
        services.AddSingleton<Sweep>();
        services.AddSingleton(p => new Transform(
            p.GetRequiredService<IObjectStore>(), p.GetRequiredService<Publisher>(),
            () => new RawRowReader(
                new RawObjects(p.GetRequiredService<IObjectStore>()), p.GetRequiredService<Apiary>(), p.GetRequiredService<TimeProvider>()),
            p.GetRequiredService<CuratedOptions>(), p.GetRequiredService<TimeProvider>()));
        if (transforms)
            services.AddHostedService<CuratedWriter>();
    }
}
