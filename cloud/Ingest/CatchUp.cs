using IotGateway.Cloud.Lake;
using IotGateway.Cloud.Observations;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Ingest;

/// <summary>Applies to the hot store what the raw lake holds and it does not: what a crash took from it, or everything when it is new.</summary>
internal sealed class CatchUp(RawLake lake, LiteObservations store, GatewayBook book, TimeProvider time, ILogger<CatchUp> log)
{
    private const int Group = 64;
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(2);

    /// <returns>Readings that were new.</returns>
    public long Run(CancellationToken cancellation)
    {
        var applied = store.Streams().ToDictionary(s => (s.Gateway, s.Stream), s => s.Applied);

        // Of two objects of the same sequences either may be the one applied; applying both again changes nothing.
        var missing = lake.Objects()
            .Where(o => o.IsOther || !(applied.TryGetValue((o.Gateway, o.Stream), out var set) && set.Contains(o.Range.First, o.Range.Last))).ToList();
        var readings = missing.Count == 0 ? 0 : Apply(missing, cancellation);
        foreach (var (gateway, stream, sequences) in store.Streams())
            book.Stored(gateway, stream, sequences, store.Gaps(gateway));
        return readings;
    }

    private long Apply(List<RawObject> missing, CancellationToken cancellation)
    {
        log.CatchingUp(missing.Count);
        var readings = 0L;
        var done = 0;
        var said = time.GetTimestamp();
        foreach (var group in missing.Chunk(Group))
        {
            cancellation.ThrowIfCancellationRequested();
            readings += store.Store([.. group.Select(Read).OfType<Batch>()]).Sum(r => (long)r.Stored);
            done += group.Length;
            if (time.GetElapsedTime(said) >= ProgressEvery)
            {
                log.CaughtUp(done, missing.Count, readings);
                said = time.GetTimestamp();
            }
        }

        log.CaughtUp(done, missing.Count, readings);
        return readings;
    }

    private Batch? Read(RawObject found)
    {
        try
        {
            return Batch.Decode(File.ReadAllBytes(found.Path));
        }
        catch (BatchFormatException e)
        {
            log.RawObjectUnreadable(found.Path, e.Reason, e.Message);
            return null;
        }
    }
}
