using IotGateway.Cloud.Data;
using IotGateway.Cloud.Lake;
using IotGateway.Cloud.Observations;

namespace IotGateway.Cloud.Ingest;

/// <summary>Builds the hot store anew from the raw lake, on demand; the old one goes once the new one stands.</summary>
internal static class Rebuild
{
    public static async Task<int> Run(DataFolder data)
    {
        using var hold = data.Lock();
        using var logging = LoggerFactory.Create(l => l.AddSimpleConsole(o => o.SingleLine = true));
        var file = new HotStoreFile(data.HotStore, TimeProvider.System, logging.CreateLogger<HotStoreFile>());
        var old = file.SetAside("rebuilding was asked for");
        using (var store = file.Open())
        using (var raw = new RawLog(data.RawLog, TimeProvider.System))
            await new CatchUp(new RawObjects(new FolderObjects(data.Lake)), raw, store, TimeProvider.System, logging.CreateLogger<CatchUp>()).Run(CancellationToken.None);

        if (old is not null)
            HotStoreFile.Discard(old);
        return 0;
    }
}
