using IotGateway.Cloud.Data;
using IotGateway.Cloud.Data.Aws;

namespace IotGateway.Cloud.Objects;

/// <summary>The room's entry: the store of objects, a folder or a bucket.</summary>
internal static class ObjectsRoom
{
    public static void AddObjects(this WebApplicationBuilder builder)
    {
        var options = LakeOptions.Read(builder.Configuration);
        var aws = options.OnS3 ? AwsOptions.Read(builder.Configuration) : new AwsOptions();
        builder.Services.AddSingleton<IObjectStore>(p => options.OnS3
            ? new S3Objects(options.Bucket, aws, options.ServiceUrl, p.GetRequiredService<TimeProvider>())
            : new FolderObjects(p.GetRequiredService<DataFolder>().Lake, p.GetRequiredService<ILogger<FolderObjects>>()));
    }
}
