using IotGateway.Cloud.Erasure;
using IotGateway.Cloud.Lake.Curated.Partitions;
using IotGateway.Cloud.Lake.Curated.Taking;
using IotGateway.Cloud.Lake.Raw;
using IotGateway.Cloud.Objects;

namespace IotGateway.Cloud.Lake.Retention;

/// <summary>
/// Retention of raw objects, by the day they arrived. One that the curated lake does not hold all of stays though it is due: its readings
/// would be lost.
/// </summary>
internal sealed class RawRetention(IObjectStore store, RawLedger ledger) : IRetained
{
    private const int DeletesAtOnce = 32;

    private readonly Manifests _manifests = new(store);

    public string Word => "raw";

    public string Noun => "raw objects";

    public Origins Origin => Origins.Record;

    public async Task<(long Gone, long Stay)> LetGoAsync(
        DateTimeOffset before, bool apply, Action<string> list, CancellationToken cancellation)
    {
        var held = new HashSet<string>(StringComparer.Ordinal);
        var unreadable = new List<string>();
        await foreach (var manifest in _manifests.NewestOfAllAsync(unreadable.Add, cancellation))
            held.UnionWith((manifest.Held?.Sources ?? []).Select(RawSource.KeyOf));
        var (due, stay) = (new List<string>(), new List<string>());
        var days = new Dictionary<DateOnly, HashSet<string>>();
        foreach (var (key, day) in await BeforeAsync(DateOnly.FromDateTime(before.UtcDateTime), cancellation))
        {
            if (!days.TryGetValue(day, out var taken))
                days.Add(day, taken = [.. (await DayProgress.ReadAsync(store, day, cancellation)).Taken]);
            var isTaken = unreadable.Count == 0 && !held.Contains(key)
                && taken.Contains(key[(key.IndexOf('/', RawObjects.Prefix.Length) + 1)..]);
            (isTaken ? due : stay).Add(key);
        }

        // Which objects wait for a partition whose manifest cannot be read is not known.
        unreadable.ForEach(u => list($"all stay: {u}"));
        due.ForEach(list);
        stay.ForEach(key => list($"{key} stays: the curated lake does not hold all of it yet"));
        if (apply)
        {
            // Out of the ledger first: a crash between must not make them look lost.
            ledger.Forget(due);
            await Parallel.ForEachAsync(
                due, new ParallelOptions { MaxDegreeOfParallelism = DeletesAtOnce, CancellationToken = cancellation },
                async (key, stop) => await store.DeleteAsync(key, stop));
        }

        return (due.Count, stay.Count);
    }

    private async Task<List<(string Key, DateOnly Day)>> BeforeAsync(DateOnly first, CancellationToken cancellation)
    {
        var keys = new List<(string, DateOnly)>();
        await foreach (var (key, _) in new RawObjects(store).ListAsync(cancellation))
        {
            if (RawObjects.DayOf(key) is not { } day || day >= first)
                break; // ascending: what follows is younger
            keys.Add((key, day));
        }

        return keys;
    }
}
