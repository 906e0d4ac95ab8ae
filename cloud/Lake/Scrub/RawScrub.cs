using IotGateway.Cloud.Lake.Curated.Partitions;
using IotGateway.Cloud.Lake.Raw;
using IotGateway.Cloud.Objects;
using IotGateway.Storage.Files;

namespace IotGateway.Cloud.Lake.Scrub;

/// <summary>
/// Scrub of the raw objects: misses those that the ledger knows, reads them again, names what is missing or damaged, and mends it where
/// the curated lake has the readings. In a bucket nothing is mended: others write, let go and erase there too, by processes and rules whose
/// ledger this is not.
/// </summary>
/// <param name="store">The lake.</param>
/// <param name="ledger">The objects this process wrote.</param>
/// <param name="faults">Told what is found.</param>
/// <param name="mends">False for a lake that others write.</param>
internal sealed class RawScrub(IObjectStore store, RawLedger ledger, LakeFaults faults, bool mends = true)
{
    private const int Least = 64;

    /// <summary>Objects that all manifests are read for at once.</summary>
    private const int SoughtAtOnce = 1000;

    /// <summary>Objects mended at once.</summary>
    private const int MendedAtOnce = 4;

    /// <summary>Objects of a share that may fail to be read; with more of them it is the store that does not answer.</summary>
    private const int MostUnread = 8;

    private const string Missing = "is missing or has another size than noted";

    private readonly RawObjects _raw = new(store);
    private readonly RawMending _mending = new(store);

    /// <summary>Reads all objects, before something is made of them anew.</summary>
    public async Task AllAsync(CancellationToken cancellation)
    {
        await MissingAsync(DateOnly.MinValue, mend: true, cancellation);
        for (var at = ""; (at = await ShareAsync(at, shares: 1, cancellation)).Length > 0;)
            cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>Looks for raw objects, received since a day, that are not there or have another size than noted.</summary>
    /// <param name="since">The day.</param>
    /// <param name="mend">False to tell only, in a word a day.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task MissingAsync(DateOnly since, bool mend, CancellationToken cancellation)
    {
        foreach (var day in ledger.Days().Where(d => d >= since))
        {
            var notes = ledger.Read(day);
            await foreach (var (key, bytes) in _raw.ListAsync(day, cancellation))
            {
                // In a bucket another size is an erasure elsewhere.
                if (!mends || notes.GetValueOrDefault(key)?.Bytes == bytes)
                    notes.Remove(key);
            }

            string[] missing = [.. notes.Keys.Order(StringComparer.Ordinal)];
            var left = mends && mend ? await MendAsync(missing, Missing, cancellation) : missing.Length;
            Tell(RawObjects.DayPrefix(day), missing, left);
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

        var (damaged, unread) = (new List<string>(), new List<(string Key, string Problem)>());
        foreach (var day in due.GroupBy(k => RawObjects.DayOf(k)!.Value))
        {
            var notes = ledger.Read(day.Key);
            var adopted = new List<RawNote>();
            foreach (var key in day)
            {
                try
                {
                    if (await store.GetAsync(key, cancellation) is { } bytes
                        && IsDamaged(key, bytes, notes.GetValueOrDefault(key), adopted))
                        damaged.Add(key);
                }
                catch (Exception e) when (IsFromStore(e) && unread.Count < MostUnread)
                {
                    unread.Add((key, e.Message));
                }
            }

            ledger.Add(adopted);
        }

        foreach (var (key, problem) in unread)
            faults.Add(key, $"cannot be read: {problem}", mended: null);
        if (mends)
            await MendAsync(damaged, "is damaged", cancellation);
        else
            damaged.ForEach(key => faults.Add(key, "is damaged, and objects of a bucket are not mended", mended: null));
        return due.Count < Least ? "" : due[^1];
    }

    private bool IsDamaged(string key, byte[] bytes, RawNote? note, List<RawNote> adopted)
    {
        _ = RawFrames.ReadAll(bytes, out var stretches);
        var whole = stretches == 0 && bytes.Length > 0;
        if (mends && note is not null)
            return !note.Fits(bytes);
        if (mends && whole)
            adopted.Add(RawNote.Of(key, bytes));
        return !whole;
    }

    /// <summary>Tells of a day's missing objects together: there may be thousands of them.</summary>
    private void Tell(string day, string[] missing, int left)
    {
        var told = faults.All.FirstOrDefault(f => f.Place == day && f.Mended is null);
        if (left == 0 && told is not null)
            faults.Add(day, told.Detail, "what was missing is there again");
        else if (left > 0 && !mends)
            faults.Add(
                day, $"{left} objects, {missing[0]} the first, are not there", "left so: a bucket's objects are let go elsewhere, too");
        else if (left > 0)
            faults.Add(day, $"{left} objects, among {missing[0]} to {missing[^1]}: each {Missing}", mended: null);
    }

    /// <summary>Mends objects, a few at a time; each is told of before it is tried, and one that fails stops no other.</summary>
    /// <returns>How many could not be.</returns>
    private async Task<int> MendAsync(IReadOnlyCollection<string> keys, string detail, CancellationToken cancellation)
    {
        var left = 0;
        foreach (var some in keys.Chunk(SoughtAtOnce))
        {
            var files = await _mending.FilesAsync(some, cancellation);
            foreach (var few in some.Chunk(MendedAtOnce))
            {
                foreach (var key in few)
                    faults.Add(key, detail, mended: null);
                left += await MendAsync(files, few, detail, cancellation);
            }
        }

        return left;
    }

    private async Task<int> MendAsync(
        IReadOnlyDictionary<string, List<ManifestFile>> files, string[] few, string detail, CancellationToken cancellation)
    {
        try
        {
            var mended = await _mending.MendAsync(files, few, cancellation);
            ledger.Add(mended.Values.Select(m => m.Note));
            foreach (var key in few)
            {
                if (mended.TryGetValue(key, out var now))
                    faults.Add(key, detail, $"{now.Readings} readings were put back from the curated lake");
                else
                    faults.Add(key, $"{detail}, and the curated lake has nothing of it", mended: null);
            }

            return few.Length - mended.Count;
        }
        catch (Exception e) when (IsFromStore(e))
        {
            foreach (var key in few)
                faults.Add(key, $"{detail}, and could not be mended: {e.Message}", mended: null);
            return few.Length;
        }
    }

    private static bool IsFromStore(Exception e) => e.IsFromDisk() || e is HttpRequestException or TimeoutException;
}
