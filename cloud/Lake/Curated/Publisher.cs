using IotGateway.Cloud.Lake.Curated.Merging;
using IotGateway.Cloud.Lake.Curated.Partitions;
using IotGateway.Cloud.Lake.Curated.Tables;
using IotGateway.Cloud.Lake.Curated.Taking;
using IotGateway.Cloud.Lake.Raw;
using IotGateway.Cloud.Objects;
using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Lake.Curated;

/// <summary>
/// Adds readings to a partition: new files, then a manifest under the next number, which one writer alone gets. Who loses begins again from
/// the winner's version. What a manifest names as a source is never added twice.
/// </summary>
internal sealed class Publisher(IObjectStore store, Apiary apiary, CuratedOptions options, TimeProvider time) : IDisposable
{
    /// <summary>Time after its end at which a day is written whole: what comes around midnight is mostly in by then.</summary>
    public static readonly TimeSpan DayIsPast = TimeSpan.FromHours(1);

    /// <summary>Versions that a partition takes at most, part by part, to be made again at once.</summary>
    private const int MostRounds = 1000;

    /// <summary>Time that files of an older version stay.</summary>
    public TimeSpan Grace => options.Grace;

    private readonly Manifests _manifests = new(store);
    private readonly CuratedBuffers _buffers = new();

    /// <summary>
    /// Publishes a partition with new readings, or none: then what is held is judged again, and a past day's hours become one file.
    /// </summary>
    /// <param name="partition">Which.</param>
    /// <param name="rows">Its new readings.</param>
    /// <param name="more">Whether more readings are about to follow: a past day then stays in hours, so that not all of it is written again
    /// each time.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The version that stands now.</returns>
    /// <exception cref="InvalidDataException">Its newest manifest cannot be read.</exception>
    /// <exception cref="IOException">It took so long that its files may be swept before they are published.</exception>
    public async Task<Manifest> PublishAsync(Partition partition, PartitionRows? rows, bool more, CancellationToken cancellation)
    {
        while (true)
        {
            var before = await _manifests.NewestAsync(partition, cancellation);
            var began = time.GetUtcNow();
            if (await NextAsync(before, rows, more, began, cancellation) is not { } next)
                return before;

            // Files older than the grace may be swept: a publication that took too long, or a clock that jumped, is no use.
            var took = time.GetUtcNow() - began;
            if (took < options.Grace / 2
                && (await _manifests.PublishAsync(next, cancellation) || await IsOursAsync(next, before, cancellation)))
            {
                await LinkAsync(next, cancellation);
                return next;
            }

            await DiscardAsync(next.Files.Except(before.Files), cancellation);
            if (took >= options.Grace / 2)
                throw new IOException(
                    $"{partition} took {took:c} to write; expected less than {options.Grace / 2:c}, half of Curated:GraceMinutes. It is "
                        + $"tried again; raise that setting if it stays so.");
        }
    }

    /// <summary>Makes a partition again from its raw objects, where all are whole; else it is held and keeps what it has.</summary>
    /// <returns>The version that stands now.</returns>
    public async Task<Manifest> MendAsync(Partition partition, string damage, CancellationToken cancellation)
    {
        var before = await _manifests.NewestAsync(partition, cancellation);
        var sources = before.Sources.Union(before.Held?.Sources ?? [], StringComparer.Ordinal);
        var next = await AnewAsync(before, damage, sources, gone: null, time.GetUtcNow(), cancellation);
        if (next is null || !await _manifests.PublishAsync(next, cancellation))
            return before;
        for (var (version, round) = (0, 0); next.Unread.Any() && next.Version != version && round < MostRounds; round++)
        {
            version = next.Version;
            next = await PublishAsync(partition, null, more: false, cancellation);
        }

        return next;
    }

    /// <summary>
    /// Publishes a partition without some devices' rows, when it has any; its sources, rewritten without them too, stay the same.
    /// </summary>
    /// <returns>Rows that went.</returns>
    /// <exception cref="InvalidDataException">A file of it is damaged.</exception>
    public async Task<long> EraseAsync(Partition partition, DeviceRows rows, CancellationToken cancellation)
    {
        try
        {
            return await WithoutAsync(partition, rows, cancellation);
        }
        catch (Exception e) when (e is DamagedFileException or SchemaDriftException)
        {
            // Its raw objects hold nothing of them any more.
            var now = await MendAsync(partition, e.Message, cancellation);
            return now.Held is not { Reason: QualityCheck.DamagedFile }
                ? await WithoutAsync(partition, rows, cancellation)
                : throw new InvalidDataException($"{e.Message}, and it cannot be made again: {now.Held.Detail}", e);
        }
    }

    /// <summary>Writes a data file again without some devices' rows, under another name of its partition.</summary>
    /// <exception cref="InvalidDataException">It cannot be read, or belongs to no partition.</exception>
    public async Task RewriteAsync(string key, byte[] file, DeviceRows rows, CancellationToken cancellation)
    {
        if (!Partition.TryParse(key, Partition.Root, out var partition, out _))
            throw new InvalidDataException($"{key} holds rows of the device and is no file of ours; expected that it is taken elsewhere.");
        using var reader = CuratedFileReader.OfAnySchema(file, wanted: null);
        using var written = new CuratedFiles(store, _buffers, partition, hour: null, time.GetUtcNow());
        while (reader.Next(out var row))
        {
            if (rows.Hold(row))
                continue;
            written.Add(row);
            if (written.IsFull)
                await written.EndAsync(cancellation);
        }

        await written.EndAsync(cancellation);
    }

    private async Task<long> WithoutAsync(Partition partition, DeviceRows rows, CancellationToken cancellation)
    {
        while (true)
        {
            var (before, now) = (await _manifests.NewestAsync(partition, cancellation), time.GetUtcNow());
            var files = new List<ManifestFile>();
            foreach (var part in before.Files.GroupBy(f => f.Hour))
            {
                if (!await HoldAsync(part, rows, cancellation))
                {
                    files.AddRange(part);
                    continue;
                }

                using var run = new FileRun(store, [.. part]) { Without = rows };
                using var written = new CuratedFiles(store, _buffers, partition, part.Key, now);
                await new CuratedMerge().WriteAsync([run], written, cancellation);
                files.AddRange(written.Written);
            }

            var gone = before.Rows - files.Sum(f => f.Rows);
            if (gone == 0)
                return 0;
            var next = before with
            {
                Version = before.Version + 1,
                Created = now,
                Rows = before.Rows - gone,
                Readings = before.Readings - gone,
                Files = files,
            };
            if (await _manifests.PublishAsync(next, cancellation))
            {
                await LinkAsync(next, cancellation);
                return gone;
            }
        }
    }

    private async Task<bool> HoldAsync(IEnumerable<ManifestFile> files, DeviceRows rows, CancellationToken cancellation)
    {
        foreach (var file in files)
        {
            if (rows.CountIn(await CuratedFiles.GetAsync(store, file, verify: true, cancellation)) > 0)
                return true;
        }

        return false;
    }

    /// <summary>Makes Athena's list that of the newest version.</summary>
    public async Task LinkAsync(Manifest manifest, CancellationToken cancellation)
    {
        while (options.SymlinkRoot.Length > 0)
        {
            var lines = string.Concat(manifest.Files.Select(f => $"{options.SymlinkRoot}{f.Key}\n"));
            await store.PutAsync(manifest.Partition.Symlink, CuratedSeries.Bytes(lines), cancellation);
            var newest = await _manifests.NewestAsync(manifest.Partition, cancellation);
            if (newest.Version == manifest.Version)
                return;
            manifest = newest; // another writer was between: its list must not be replaced by ours
        }
    }

    public void Dispose() => _buffers.Dispose();

    /// <summary>
    /// True when the version that took our number is our own: a put that was sent again finds what it wrote the first time.
    /// </summary>
    private async Task<bool> IsOursAsync(Manifest next, Manifest before, CancellationToken cancellation) =>
        next.Files.Except(before.Files).FirstOrDefault() is { } file
        && await _manifests.ReadAsync(next.Partition, next.Version, cancellation) is { } winner && winner.Files.Contains(file);

    /// <summary>True for a day that is written whole.</summary>
    public bool IsPast(DateOnly date) =>
        new DateTimeOffset(date.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero) + DayIsPast <= time.GetUtcNow();

    /// <summary>The version to come; null when the one that stands needs none.</summary>
    private async Task<Manifest?> NextAsync(
        Manifest before, PartitionRows? rows, bool more, DateTimeOffset now, CancellationToken cancellation)
    {
        using var again = new RawRowReader(new RawObjects(store), apiary, time);
        var judged = new JudgedRows(before, again, options.FlaggedShareLimit);
        await judged.TakeAsync(rows, cancellation);
        var taken = _buffers.Rows;
        taken.Clear();
        judged.CopyTo(taken);

        var whole = (IsPast(before.Partition.Date) && !more) || before.Files.Any(f => f.Hour is null);
        var toCompact = IsPast(before.Partition.Date) && !more && before.Files.Any(f => f.Hour is not null);
        if (!judged.Changes && !toCompact)
            return null;

        var next = before with
        {
            Version = before.Version + 1,
            Created = now,
            Sources = Sorted(before.Sources.Union(judged.Taken)),
            Gateways = judged.Figures.Shares(),
            Held = judged.Hold(now),
        };
        if (taken.Count == 0 && !toCompact)
            return next;

        MemoryRun.Sort(taken);
        try
        {
            var merged = await MergeAsync(before, taken, whole, now, cancellation);
            if (QualityCheck.Objection(merged.Figures) is not { } objection)
            {
                return next with
                {
                    Schema = CuratedSchema.Current,
                    Rows = merged.Figures.Rows,
                    Readings = before.Readings + taken.Count,
                    Duplicates = before.Duplicates + merged.Figures.Duplicates,
                    Conflicts = before.Conflicts + merged.Figures.Conflicts,
                    Files = merged.Files,
                };
            }

            await DiscardAsync(merged.Files.Except(before.Files), cancellation);
            return Hold(before, objection.Reason, objection.Detail, judged.All, now);
        }
        catch (SchemaDriftException e)
        {
            return Hold(before, QualityCheck.SchemaDrift, e.Message, judged.All, now);
        }
        catch (DamagedFileException e)
        {
            return await AnewAsync(before, e.Message, before.Sources.Union(judged.All), judged.Gone, now, cancellation);
        }
    }

    private async Task<(IReadOnlyList<ManifestFile> Files, PartitionFigures Figures)> MergeAsync(
        Manifest before, RowBuffer taken, bool whole, DateTimeOffset now, CancellationToken cancellation)
    {
        var files = new List<ManifestFile>();
        var merge = new CuratedMerge();
        var notFinite = 0L;
        foreach (var (hour, standing, added) in Parts(before, taken, whole))
        {
            if (!added && standing.Count > 0 && standing.All(f => f.Hour == hour))
            {
                files.AddRange(standing);
                continue;
            }

            var runs = standing
                .GroupBy(f => f.Hour)
                .Select(g => (CuratedRun)new FileRun(store, [.. g]))
                .Append(new MemoryRun(taken, hour))
                .ToList();
            using var written = new CuratedFiles(store, _buffers, before.Partition, hour, now);
            try
            {
                await merge.WriteAsync(runs, written, cancellation);
            }
            finally
            {
                runs.ForEach(r => r.Dispose());
            }

            files.AddRange(written.Written);
            notFinite += written.NotFinite;
        }

        return (files, new PartitionFigures(
            before.Rows, taken.Count, merge.Duplicates, merge.Conflicts, files.Sum(f => f.Rows), notFinite));
    }

    /// <summary>Parts that are written together, the day or each hour, each with a word on new readings.</summary>
    private static IEnumerable<(int? Hour, IReadOnlyList<ManifestFile> Standing, bool Added)> Parts(
        Manifest before, RowBuffer taken, bool whole)
    {
        if (whole)
            return [(null, before.Files, taken.Count > 0)];

        var added = new SortedSet<int>();
        foreach (ref readonly var row in taken.Rows)
            added.Add(MemoryRun.HourOf(row));
        return before.Files.Select(f => f.Hour!.Value).Union(added).Order()
            .Select(h => ((int?)h, (IReadOnlyList<ManifestFile>)[.. before.Files.Where(f => f.Hour == h)], added.Contains(h)));
    }

    /// <summary>
    /// A partition whose files are damaged is made again from its raw objects, all of which are held until then. What its files still have
    /// goes with that, so each object must be there and whole.
    /// </summary>
    private async Task<Manifest?> AnewAsync(
        Manifest before, string damage, IEnumerable<string> sources, string? gone, DateTimeOffset now, CancellationToken cancellation)
    {
        var all = Sorted(sources);
        var lack = gone is null ? null : $"{gone}, which it was made from, is no longer in the raw lake";
        foreach (var found in all.GroupBy(RawSource.KeyOf, StringComparer.Ordinal))
            lack ??= await LackAsync(found.Key, found, cancellation);
        if (lack is not null)
            return Hold(
                before, QualityCheck.DamagedFile, $"{damage}; {lack}", all.Except(before.Sources, StringComparer.Ordinal), now);
        return Manifest.Empty(before.Partition) with
        {
            Version = before.Version + 1,
            Created = now,
            Held = new Hold(QualityCheck.DamagedFile, $"{damage}; the partition is made again from its raw objects", now, all),
        };
    }

    /// <summary>The reason not to make a partition from an object; null when all of it can be read.</summary>
    private async Task<string?> LackAsync(string key, IEnumerable<string> stretches, CancellationToken cancellation)
    {
        if (await new RawObjects(store).ReadAsync(key, cancellation) is not var (batches, damaged))
            return $"{key}, which it was made from, is no longer in the raw lake";
        var whole = damaged == 0 && stretches.Select(RawSource.StretchOf)
            .All(s => batches.Any(b => b.Received.UtcTicks >= s.Begin && b.Received.UtcTicks <= s.End));
        return whole ? null : $"{key}, which it was made from, is damaged";
    }

    private static Manifest? Hold(Manifest before, string reason, string detail, IEnumerable<string> sources, DateTimeOffset now)
    {
        var all = Sorted(sources);
        return before.Held is { } h && h.Reason == reason && h.Detail == detail && h.Sources.SequenceEqual(all)
            ? null
            : before with { Version = before.Version + 1, Created = now, Held = new Hold(reason, detail, before.Held?.Since ?? now, all) };
    }

    private async Task DiscardAsync(IEnumerable<ManifestFile> files, CancellationToken cancellation)
    {
        foreach (var file in files)
            await store.DeleteAsync(file.Key, cancellation);
    }

    private static string[] Sorted(IEnumerable<string> sources) =>
    [
        .. sources.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];
}
