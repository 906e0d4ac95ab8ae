using IotGateway.Cloud.Lake.Raw;
using IotGateway.Cloud.Objects;

namespace IotGateway.Cloud.Lake.Scrub;

/// <summary>
/// Scrub of the raw objects: misses those that the ledger knows, reads them again, names what is missing or damaged, and mends it where
/// the curated lake has the readings.
/// </summary>
internal sealed class RawScrub(IObjectStore store, RawLedger ledger, LakeFaults faults)
{
    private const int Least = 64;

    /// <summary>Objects mended at once: each time all manifests are read.</summary>
    private const int MendedAtOnce = 1000;

    private readonly RawObjects _raw = new(store);
    private readonly RawMending _mending = new(store);

    /// <summary>Reads all objects, before something is made of them anew.</summary>
    public async Task AllAsync(CancellationToken cancellation)
    {
        await MissingAsync(DateOnly.MinValue, cancellation);
        for (var at = ""; (at = await ShareAsync(at, shares: 1, cancellation)).Length > 0;)
            cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>Looks for raw objects, received since a day, that are not there or have another size than noted.</summary>
    public async Task MissingAsync(DateOnly since, CancellationToken cancellation)
    {
        foreach (var day in ledger.Days().Where(d => d >= since))
        {
            var notes = ledger.Read(day);
            await foreach (var (key, bytes) in _raw.ListAsync(day, cancellation))
            {
                if (notes.GetValueOrDefault(key)?.Bytes == bytes)
                    notes.Remove(key);
            }

            foreach (var some in notes.Keys.Order(StringComparer.Ordinal).Chunk(MendedAtOnce))
                await MendAsync(some, "is missing or has another size than noted", cancellation);
        }
    }

    /// <summary>Reads the objects behind a key, a share of all there are.</summary>
    /// <returns>The last key read; empty at the end of the round.</returns>
    public async Task<string> ShareAsync(string after, int shares, CancellationToken cancellation)
    {
        var (all, due) = (0, new List<string>());
        await foreach (var (key, _) in _raw.ListAsync(cancellation))
        {
            all++;
            if (string.CompareOrdinal(key, after) > 0 && due.Count < Math.Max(Least, all / shares))
                due.Add(key);
        }

        var damaged = new List<string>();
        foreach (var day in due.GroupBy(k => RawObjects.DayOf(k)!.Value))
        {
            var notes = ledger.Read(day.Key);
            var adopted = new List<RawNote>();
            foreach (var key in day)
            {
                if (await store.GetAsync(key, cancellation) is not { } bytes)
                    continue;
                _ = RawFrames.ReadAll(bytes, out var stretches);
                if (notes.TryGetValue(key, out var note) ? !note.Fits(bytes) : stretches > 0 || bytes.Length == 0)
                    damaged.Add(key);
                else if (note is null)
                    adopted.Add(RawNote.Of(key, bytes));
            }

            ledger.Add(adopted);
        }

        await MendAsync(damaged, "is damaged", cancellation);
        return due.Count < Least ? "" : due[^1];
    }

    private async Task MendAsync(IReadOnlyCollection<string> keys, string detail, CancellationToken cancellation)
    {
        if (keys.Count == 0)
            return;
        var mended = await _mending.MendAsync(keys, cancellation);
        ledger.Add(mended.Values.Select(m => m.Note));
        foreach (var key in keys)
        {
            if (mended.TryGetValue(key, out var now))
                faults.Add(key, detail, $"{now.Readings} readings were put back from the curated lake");
            else
                faults.Add(key, $"{detail}, and the curated lake has nothing of it", mended: null);
        }
    }
}
