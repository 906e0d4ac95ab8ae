using System.Runtime.CompilerServices;
using IotGateway.Cloud.Lake.Curated.Partitions;
using IotGateway.Cloud.Lake.Curated.Tables;
using IotGateway.Cloud.Lake.Curated.Taking;
using IotGateway.Cloud.Lake.Raw;
using IotGateway.Cloud.Objects;
using ParquetSharp;

namespace IotGateway.Cloud.Lake.Curated;

/// <summary>
/// Makes the curated lake from the raw one, pass by pass. Several may run at once, here or elsewhere: what is done twice is done once. A
/// pass that ends anywhere leaves nothing that the next does not put right. No gateway has more than its share of a pass.
/// </summary>
internal sealed class Transform(
    IObjectStore store, Publisher publisher, Func<RawRowReader> reader, CuratedOptions options, TimeProvider time)
{
    /// <summary>Past days that become one file in a pass.</summary>
    private const int MostCompacted = 64;

    /// <summary>Versions of a partition in a pass, while it is made again.</summary>
    private const int MostVersions = 100;

    private readonly RawObjects _raw = new(store);
    private readonly Catalog _catalog = new(store, time);
    private readonly Dictionary<Partition, UnreadablePart> _stuck = [];
    private readonly Dictionary<DateOnly, IReadOnlyList<UnreadablePart>> _unreadable = [];
    private readonly Dictionary<string, ObjectCursor> _cursors = new(StringComparer.Ordinal);
    private readonly SortedSet<DateOnly> _behind = [];
    private readonly HashSet<Partition> _tried = [];
    private IReadOnlyList<UnreadablePart> _manifests = [];
    private long? _allDaysAt;

    /// <summary>Takes what is new, and makes days of hours that are past.</summary>
    public async Task<PassResult> PassAsync(CancellationToken cancellation)
    {
        var wide = _allDaysAt is not { } at || time.GetElapsedTime(at) >= options.AllDaysEvery;
        var isFirst = _allDaysAt is null;
        var turns = new GatewayTurns();
        var (objects, readings) = (0, 0L);
        await foreach (var (day, keys) in DaysAsync(wide, cancellation))
        {
            var (taken, rows) = await TakeDayAsync(day, keys, turns, cancellation);
            (objects, readings) = (objects + taken, readings + rows);
        }

        if (wide)
            _manifests = await _catalog.RefreshAsync(publisher.Grace, cancellation);
        var more = await CompactAsync(cancellation);
        foreach (var entry in isFirst ? _catalog.Entries.Where(e => e.Held is not null).ToList() : [])
            await PublishAsync(entry.Partition, null, more: _behind.Count > 0, cancellation);
        if (wide)
            _allDaysAt = time.GetTimestamp();
        return new PassResult(objects, readings, more || _behind.Count > 0);
    }

    /// <summary>State of the curated lake after the last pass.</summary>
    public CuratedState State() => new(
        _catalog.Entries.Count, _catalog.Entries.Sum(e => e.Files), _catalog.Entries.Sum(e => e.Rows),
        [.. _catalog.Entries.Where(e => e.Held is not null).OrderBy(e => e.Partition.ToString(), StringComparer.Ordinal)],
        [.. _unreadable.OrderBy(d => d.Key).SelectMany(d => d.Value), .. _manifests.Concat(_stuck.Values).DistinctBy(u => u.Object)]);

    /// <summary>
    /// The days of arrival to look at, each with its objects: first those around today, then what is behind, the newest first, and all
    /// there are when told to.
    /// </summary>
    private async IAsyncEnumerable<(DateOnly Day, IReadOnlyList<string> Keys)> DaysAsync(
        bool wide, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // To the day after tomorrow: the clock that stamped them may have been a day off.
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        DateOnly[] near = [today.AddDays(-1), today, today.AddDays(1), today.AddDays(2)];
        foreach (var day in wide ? near : near.Concat(_behind.Except(near).OrderDescending().ToList()))
            yield return (day, await _raw.ListAsync(day, cancellation).Select(o => o.Key).ToListAsync(cancellation));
        if (!wide)
            yield break;

        var (keys, of) = (new List<string>(), default(DateOnly));
        await foreach (var (key, _) in _raw.ListAsync(cancellation))
        {
            if (RawObjects.DayOf(key) is not { } day || near.Contains(day))
                continue;
            if (day != of && keys.Count > 0)
            {
                yield return (of, keys);
                keys = [];
            }

            of = day;
            keys.Add(key);
        }

        if (keys.Count > 0)
            yield return (of, keys);
    }

    private async Task<(int Objects, long Readings)> TakeDayAsync(
        DateOnly day, IReadOnlyList<string> listed, GatewayTurns turns, CancellationToken cancellation)
    {
        _behind.Remove(day);
        if (listed.Count == 0)
            return (0, 0);

        var prefix = RawObjects.DayPrefix(day);
        var progress = await DayProgress.ReadAsync(store, day, cancellation);
        _unreadable[day] = progress.Unreadable;
        var taken = progress.Taken.ToHashSet(StringComparer.Ordinal);

        // In the order of arrival, which is mostly that of the readings' time: then a group touches few hours of its partitions.
        var ring = new Queue<Queue<string>>(listed
            .Where(k => !taken.Contains(k[prefix.Length..]))
            .OrderBy(k => RawObjects.Span(k)?.Begin)
            .GroupBy(RawSource.GatewayOf, StringComparer.Ordinal)
            .Select(g => new Queue<string>(g)));
        var (objects, readings) = (0, 0L);
        while (ring.Count > 0)
        {
            using var group = reader();
            var (done, unreadable) = (new List<string>(), new List<UnreadablePart>());
            while (!group.IsFull && ring.TryDequeue(out var waiting))
            {
                if (turns.IsSpent(RawSource.GatewayOf(waiting.Peek())))
                {
                    _behind.Add(day);
                    continue;
                }

                if (await TurnAsync(group, waiting.Peek(), turns, unreadable, cancellation))
                    done.Add(waiting.Dequeue());
                if (waiting.Count > 0)
                    ring.Enqueue(waiting);
            }

            await PublishAsync(group, ring.Count > 0 || _behind.Contains(day), cancellation);
            var ended = done.Where(k => !_cursors.Remove(k, out var cursor) || !cursor.IsStuck).ToList();
            if (ended.Count > 0 || unreadable.Count > 0)
                await NoteAsync(day, ended.Select(k => k[prefix.Length..]), unreadable, cancellation);
            (objects, readings) = (objects + done.Count, readings + group.Rows);
        }

        return (objects, readings);
    }

    /// <summary>Takes of an object what its gateway's share allows, from where it was left.</summary>
    /// <returns>True when nothing of it is left.</returns>
    private async Task<bool> TurnAsync(
        RawRowReader group, string key, GatewayTurns turns, List<UnreadablePart> unreadable, CancellationToken cancellation)
    {
        var cursor = _cursors.TryGetValue(key, out var left) ? left : _cursors[key] = new ObjectCursor();
        if (await _raw.ReadAsync(key, cancellation) is not var (batches, damaged))
            return true;
        if ((damaged > 0 || batches.Count == 0) && cursor is { Batch: 0, Done: 0 })
            unreadable.Add(new UnreadablePart(
                key, "damaged_object", $"{damaged} stretches of the object hold no whole batch; {batches.Count} batches were read"));
        if (cursor.Batch >= batches.Count)
            return true;

        var part = RawPart.Of(key, batches, cursor.Batch);
        var all = part.Partitions(time.GetUtcNow());
        var now = all.Skip(cursor.Done).Take(turns.Left(RawSource.GatewayOf(key))).ToHashSet();
        var partitions = group.Partitions.Count;
        var aside = group.Take(part, now.Count == all.Length ? null : now);
        turns.Spend(RawSource.GatewayOf(key), part.Cost, group.Partitions.Count - partitions);
        if (cursor.Done == 0)
        {
            unreadable.AddRange(part.Unreadable);
            if (aside > 0)
                unreadable.Add(new UnreadablePart(
                    key, "time_out_of_range",
                    $"{aside} readings are of before 2000 or more than a day later than they were received; they stay in the raw lake"));
        }

        (cursor.Batch, cursor.Done) =
            cursor.Done + now.Count < all.Length ? (cursor.Batch, cursor.Done + now.Count) : (part.Next, 0);
        return cursor is { Done: 0 } && part.IsLast;
    }

    private async Task PublishAsync(RawRowReader group, bool more, CancellationToken cancellation)
    {
        try
        {
            foreach (var (partition, rows) in group.Partitions
                .OrderByDescending(p => p.Key.Date).ThenBy(p => p.Key.Family, StringComparer.Ordinal))
            {
                if (await PublishAsync(partition, rows, more, cancellation))
                    continue;
                foreach (var key in rows.Sources.Select(RawSource.KeyOf))
                    _cursors.GetValueOrDefault(key)?.Stick();
            }
        }
        catch
        {
            // Each object is taken again from its beginning; what is published of it is known there.
            _cursors.Clear();
            throw;
        }
    }

    /// <returns>False when the partition cannot be read or written; the others go on.</returns>
    private async Task<bool> PublishAsync(Partition partition, PartitionRows? rows, bool more, CancellationToken cancellation)
    {
        try
        {
            // A partition that is made again from its raw objects takes several versions.
            for (var (round, before) = (0, 0); round < MostVersions; round++, rows = null)
            {
                var manifest = await publisher.PublishAsync(partition, rows, more, cancellation);
                _catalog.Note(manifest);
                _stuck.Remove(partition);
                if (manifest.Version == before || !manifest.Unread.Any())
                    break;
                before = manifest.Version;
            }

            return true;
        }
        catch (InvalidDataException e)
        {
            _stuck[partition] = new UnreadablePart(partition.ManifestFolder, "damaged_manifest", e.Message);
            return false;
        }
        catch (ParquetException e)
        {
            _stuck[partition] = new UnreadablePart(partition.Data, "not_written", e.Message);
            return false;
        }
    }

    /// <summary>Makes some past days one file each, in turn: one that cannot be must not keep the others from it.</summary>
    /// <returns>True when more wait.</returns>
    private async Task<bool> CompactAsync(CancellationToken cancellation)
    {
        var due = _catalog.Entries.Where(e => e.HasHours && publisher.IsPast(e.Partition.Date)).ToList();
        var next = due.Where(e => !_tried.Contains(e.Partition)).OrderByDescending(e => e.Partition.Date).Take(MostCompacted).ToList();
        foreach (var entry in next)
        {
            _tried.Add(entry.Partition);
            await PublishAsync(entry.Partition, null, more: _behind.Count > 0, cancellation);
        }

        if (next.Count == MostCompacted)
            return true;
        _tried.Clear();
        return false;
    }

    private async Task NoteAsync(
        DateOnly day, IEnumerable<string> taken, IReadOnlyList<UnreadablePart> unreadable, CancellationToken cancellation)
    {
        var next = (await DayProgress.ReadAsync(store, day, cancellation)).With(taken, unreadable);
        await store.PutAsync(DayProgress.KeyOf(day), next.ToJson(), cancellation);
        _unreadable[day] = next.Unreadable;
    }

    /// <summary>
    /// Place in an object up to which it is taken: the batch its next part begins with, and how many partitions of that part.
    /// </summary>
    private sealed class ObjectCursor
    {
        public int Batch { get; set; }

        public int Done { get; set; }

        /// <summary>True when a partition could not take its readings: then it is taken again.</summary>
        public bool IsStuck { get; private set; }

        public void Stick() => IsStuck = true;
    }
}

/// <summary>Figures of a pass.</summary>
/// <param name="Objects">Raw objects of which nothing is left.</param>
/// <param name="Readings">Readings taken.</param>
/// <param name="More">True when something waits for its gateway's next share.</param>
internal readonly record struct PassResult(int Objects, long Readings, bool More);

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
