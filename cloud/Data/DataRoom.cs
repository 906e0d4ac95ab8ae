using IotGateway.Hosting.Configuration;
using IotGateway.Storage.Disks;

namespace IotGateway.Cloud.Data;

/// <summary>The room's entry: the folder that holds all the cloud keeps, taken for this process alone.</summary>
internal static class DataRoom
{
    /// <summary>Adds the watch over the stores.</summary>
    public static void AddDamagedStores(this IServiceCollection services)
    {
        services.AddSingleton<DamagedStores>();
        services.AddHostedService(p => p.GetRequiredService<DamagedStores>());
    }

    /// <returns>The hold on the folder; let go of it last.</returns>
    public static IDisposable AddData(this WebApplicationBuilder builder)
    {
        var options = DataOptions.Read(builder.Configuration);
        Options.Check(!string.IsNullOrWhiteSpace(options.Folder), "Data:Folder", options.Folder, "a folder");
        FolderOwner.StepDown(options.Folder);
        var data = new DataFolder(options.Folder);
        var hold = data.Lock();
        builder.Services.AddSingleton(data);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddDamagedStores();
        return hold;
    }
}
