using System.Globalization;
using IotGateway.Cloud.Lake.Curated.Partitions;
using IotGateway.Cloud.Lake.Curated.Tables;
using IotGateway.Cloud.Lake.Raw;
using IotGateway.Cloud.Objects;

namespace IotGateway.Cloud.Lake.Curated;

/// <summary>
/// Makes the curated lake from the raw one, pass by pass. Several may run at once, here or elsewhere: what is done twice is done once. A
/// pass that ends anywhere leaves nothing that the next does not put right.
/// </summary>
internal sealed class Transform(
    IObjectStore store, Publisher publisher, Func<RawRowReader> reader, CuratedOptions options, TimeProvider time)
{
    private readonly RawObjects _raw = new(store);
    private readonly Catalog _catalog = new(store, time);
    private readonly Dictionary<Partition, UnreadablePart> _stuck = [];
    private readonly Dictionary<DateOnly, IReadOnlyList<UnreadablePart>> _unreadable = [];
    private IReadOnlyList<UnreadablePart> _manifests = [];
    private long? _allDaysAt;

    /// <summary>Takes what is new, and makes days of hours that are past.</summary>
    public async Task<PassResult> PassAsync(CancellationToken cancellation)
    {
        var wide = _allDaysAt is not { } at || time.GetElapsedTime(at) >= options.AllDaysEvery;
        var isFirst = _allDaysAt is null;
        if (wide)
            _manifests = await _catalog.RefreshAsync(publisher.Grace, cancellation);

        var (objects, readings) = (0, 0L);
        foreach (var day in await DaysAsync(wide, cancellation))
        {
            var (taken, rows) = await TakeDayAsync(day, cancellation);
            (objects, readings) = (objects + taken, readings + rows);
        }

        foreach (var entry in _catalog.Entries.ToList())
        {
            if (entry.HasHours || (isFirst && entry.Held is not null))
                await PublishAsync(entry.Partition, null, more: false, cancellation);
        }

        if (wide)
            _allDaysAt = time.GetTimestamp();
        return new PassResult(objects, readings);
    }

    /// <summary>State of the curated lake after the last pass.</summary>
    public CuratedState State() => new(
        _catalog.Entries.Count, _catalog.Entries.Sum(e => e.Files), _catalog.Entries.Sum(e => e.Rows),
        [.. _catalog.Entries.Where(e => e.Held is not null).OrderBy(e => e.Partition.ToString(), StringComparer.Ordinal)],
        [.. _unreadable.OrderBy(d => d.Key).SelectMany(d => d.Value), .. _manifests.Concat(_stuck.Values).DistinctBy(u => u.Object)]);

    /// <summary>The days of arrival to look at, ascending.</summary>
    private async Task<IReadOnlyList<DateOnly>> DaysAsync(bool wide, CancellationToken cancellation)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var first = today.AddDays(-1);
        if (wide)
        {
            await foreach (var found in store.ListAsync($"{RawObjects.Prefix}received=", cancellation))
            {
                if (DateOnly.TryParseExact(
                    found.Key.Split('/')[1]["received=".Length..], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None,
                    out var day) && day < first)
                    first = day;
                break;
            }
        }

        // To the day after tomorrow: the clock that stamped them may have been a day off.
        return [.. Enumerable.Range(0, today.DayNumber - first.DayNumber + 3).Select(first.AddDays)];
    }

    private async Task<(int Objects, long Readings)> TakeDayAsync(DateOnly day, CancellationToken cancellation)
    {
        var prefix = string.Create(CultureInfo.InvariantCulture, $"{RawObjects.Prefix}received={day:yyyy-MM-dd}/");
        var listed = new List<string>();
        await foreach (var found in _raw.ListAsync(day, cancellation))
            listed.Add(found.Key);
        if (listed.Count == 0)
            return (0, 0);

        var progress = await DayProgress.ReadAsync(store, day, cancellation);
        _unreadable[day] = progress.Unreadable;
        var taken = progress.Taken.ToHashSet(StringComparer.Ordinal);
        var (objects, readings) = (0, 0L);

        // In the order of arrival, which is mostly that of the readings' time: then a group touches few hours of its partitions.
        var waiting = new Queue<string>(listed.Where(k => !taken.Contains(k[prefix.Length..])).OrderBy(k => RawObjects.Span(k)?.Begin));
        while (waiting.Count > 0)
        {
            using var group = reader();
            var keys = new List<string>();
            while (!group.IsFull && waiting.TryDequeue(out var key))
            {
                await group.TakeAsync(key, null, cancellation);
                keys.Add(key);
            }

            var stuck = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (partition, rows) in group.Partitions.OrderBy(p => p.Key.Date).ThenBy(p => p.Key.Family, StringComparer.Ordinal))
            {
                if (!await PublishAsync(partition, rows, waiting.Count > 0, cancellation))
                    stuck.UnionWith(rows.Sources);
            }

            await NoteAsync(day, prefix, keys.Where(k => !stuck.Contains(k)), group.Unreadable, cancellation);
            (objects, readings) = (objects + keys.Count, readings + group.Rows);
        }

        return (objects, readings);
    }

    /// <returns>False when the partition's manifest cannot be read; the others go on.</returns>
    private async Task<bool> PublishAsync(Partition partition, PartitionRows? rows, bool more, CancellationToken cancellation)
    {
        try
        {
            for (var before = 0; ;)
            {
                var manifest = await publisher.PublishAsync(partition, rows, more, cancellation);
                _catalog.Note(manifest);
                _stuck.Remove(partition);

                // A partition that is made again from its raw objects takes several versions.
                if (manifest.Held is not { Reason: QualityCheck.DamagedFile } || manifest.Version == before)
                    return true;
                (before, rows) = (manifest.Version, null);
            }
        }
        catch (InvalidDataException e)
        {
            _stuck[partition] = new UnreadablePart(partition.ManifestFolder, "damaged_manifest", e.Message);
            return false;
        }
    }

    private async Task NoteAsync(
        DateOnly day, string prefix, IEnumerable<string> keys, IReadOnlyList<UnreadablePart> unreadable, CancellationToken cancellation)
    {
        var progress = await DayProgress.ReadAsync(store, day, cancellation);
        var next = new DayProgress(
            [.. progress.Taken.Union(keys.Select(k => k[prefix.Length..]), StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            [
                .. progress.Unreadable
                    .Union(unreadable)
                    .OrderBy(u => u.Object, StringComparer.Ordinal)
                    .ThenBy(u => u.Detail, StringComparer.Ordinal),
            ]);
        await store.PutAsync(DayProgress.KeyOf(day), next.ToJson(), cancellation);
        _unreadable[day] = next.Unreadable;
    }
}

/// <summary>Figures of a pass.</summary>
internal readonly record struct PassResult(int Objects, long Readings);

/// <summary>State of the curated lake.</summary>
/// <param name="Partitions">Partitions there are.</param>
/// <param name="Files">Their data files.</param>
/// <param name="Rows">Their rows.</param>
/// <param name="Held">Those that keep readings back.</param>
/// <param name="Unreadable">Parts of raw objects, and manifests, that could not be read.</param>
internal sealed record CuratedState(
    int Partitions, int Files, long Rows, IReadOnlyList<CatalogEntry> Held, IReadOnlyList<UnreadablePart> Unreadable)
{
    public static CuratedState None { get; } = new(0, 0, 0, [], []);
}
