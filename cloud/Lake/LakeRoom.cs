using IotGateway.Cloud.Data;
using IotGateway.Cloud.Data.Aws;
using IotGateway.Cloud.Erasure;
using IotGateway.Cloud.Lake.Curated;
using IotGateway.Cloud.Lake.Raw;
using IotGateway.Cloud.Lake.Retention;
using IotGateway.Cloud.Objects;

namespace IotGateway.Cloud.Lake;

/// <summary>The room's entry: the raw lake, which is the record, and the curated one, written behind it.</summary>
internal static class LakeRoom
{
    public static void AddLake(this WebApplicationBuilder builder, bool transforms = true)
    {
        var options = LakeOptions.Read(builder.Configuration);
        var aws = options.OnS3 ? AwsOptions.Read(builder.Configuration) : new AwsOptions();
        var services = builder.Services;
        services.AddSingleton<IObjectStore>(p => options.OnS3
            ? new S3Objects(options.Bucket, aws, options.ServiceUrl, p.GetRequiredService<TimeProvider>())
            : new FolderObjects(p.GetRequiredService<DataFolder>().Lake));
        services.AddSingleton<RawObjects>();
        services.AddSingleton(p => new RawLog(p.GetRequiredService<DataFolder>().RawLog, p.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IErasable, RawErasure>();
        services.AddSingleton<IErasable, CuratedErasure>();
        services.AddSingleton<IRetained, RawRetention>();
        services.AddSingleton<IRetained, CuratedRetention>();
        builder.AddCurated(transforms);
    }
}
