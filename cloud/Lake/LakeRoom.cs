using IotGateway.Cloud.Data;
using IotGateway.Cloud.Erasure;
using IotGateway.Cloud.Lake.Curated;
using IotGateway.Cloud.Lake.Raw;
using IotGateway.Cloud.Lake.Retention;
using IotGateway.Cloud.Lake.Scrub;
using IotGateway.Cloud.Objects;

namespace IotGateway.Cloud.Lake;

/// <summary>The room's entry: the raw lake, which is the record, and the curated one, written behind it.</summary>
internal static class LakeRoom
{
    public static void AddLake(this WebApplicationBuilder builder, bool transforms = true)
    {
        var services = builder.Services;
        services.AddSingleton<RawObjects>();
        services.AddSingleton<LakeFaults>();
        services.AddSingleton(p => new RawLedger(p.GetRequiredService<DataFolder>().RawLedger));
        services.AddSingleton<SegmentObjects>();
        services.AddSingleton(p => new RawLog(p.GetRequiredService<DataFolder>().RawLog, p.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IErasable, RawErasure>();
        services.AddSingleton<IErasable, CuratedErasure>();
        services.AddSingleton<IRetained, RawRetention>();
        services.AddSingleton<IRetained, CuratedRetention>();
        builder.AddCurated(transforms);
        var onS3 = LakeOptions.Read(builder.Configuration).OnS3;
        services.AddSingleton(p => new RawScrub(
            p.GetRequiredService<IObjectStore>(), p.GetRequiredService<RawLedger>(), p.GetRequiredService<LakeFaults>(), mends: !onS3));
        services.AddSingleton<CuratedScrub>();
        if (transforms)
            services.AddHostedService<LakeScrub>();
    }
}
