using IotGateway.Cloud.Data;
using IotGateway.Cloud.Ingest.Projection;
using IotGateway.Cloud.Ingest.Status;
using IotGateway.Cloud.Lake.Raw;
using IotGateway.Cloud.Lake.Scrub;
using IotGateway.Cloud.Objects;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Observations.Lite;
using IotGateway.Hosting;
using IotGateway.Storage.Documents;

namespace IotGateway.Cloud.Ingest.Commit;

/// <summary>Rebuilding of a stopped cloud's stores, by command.</summary>
internal static class Rebuild
{
    /// <summary>Builds the hot store anew from the raw lake; the old one goes once the new one stands.</summary>
    public static async Task<int> RunAsync(DataFolder data)
    {
        using var hold = data.Lock();
        using var logging = LoggerFactory.Create(l => l.AddSimpleConsole(o => o.SingleLine = true));
        var file = new HotStoreFile(data.HotStore, TimeProvider.System, logging.CreateLogger<HotStoreFile>());
        var old = file.SetAside("rebuilding was asked for");
        var lake = new FolderObjects(data.Lake);
        var faults = new LakeFaults(data, TimeProvider.System, logging.CreateLogger<LakeFaults>());
        await new RawScrub(lake, new RawLedger(data.RawLedger), faults).AllAsync(CancellationToken.None);
        using (var store = file.Open())
        using (var raw = new RawLog(data.RawLog, TimeProvider.System))
        {
            raw.Tell((place, detail) => faults.Add(place, detail, mended: null));
            await Recovery(new RawObjects(lake), raw, store, logging).RunAsync(CancellationToken.None);
        }

        if (old is not null)
            DamagedFile.Discard(old);
        return ExitCode.Done;
    }

    /// <summary>
    /// Moves all that a stopped cloud left in its log into hot store and raw objects, and leaves nothing of it in the log's files. The
    /// folder is the caller's.
    /// </summary>
    public static async Task DrainLogAsync(DataFolder data, IObjectStore lake, IObservations store, ILoggerFactory logging)
    {
        using var raw = new RawLog(data.RawLog, TimeProvider.System);
        var objects = new RawObjects(lake);
        var faults = new LakeFaults(data, TimeProvider.System, logging.CreateLogger<LakeFaults>());
        raw.Tell((place, detail) => faults.Add(place, detail, mended: null));
        await Recovery(objects, raw, store, logging).RunAsync(CancellationToken.None);
        await SegmentArchiver.WriteObjectsAsync(
            raw, new SegmentObjects(lake, new RawLedger(data.RawLedger)), raw.Newest, faults, logging.CreateLogger<SegmentArchiver>(),
            CancellationToken.None);
        await SegmentArchiver.ReleaseAsync(raw, store, CancellationToken.None);
        raw.DeleteSpares();
    }

    private static Recovery Recovery(RawObjects objects, RawLog raw, IObservations store, ILoggerFactory logging)
    {
        var counters = new IngestCounters(new GatewayRegistry());
        var projected = new ProjectedReadings(
            new GatewayShares(), new Refusals(counters, TimeProvider.System, logging.CreateLogger<Refusals>()));
        return new Recovery(objects, raw, store, projected, counters, TimeProvider.System, logging.CreateLogger<Recovery>());
    }
}
