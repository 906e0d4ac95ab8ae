using System.Globalization;
using IotGateway.Cloud.Lake.Curated;
using IotGateway.Cloud.Lake.Raw;
using IotGateway.Cloud.Objects;

namespace IotGateway.Cloud.Lake;

/// <summary>Lets go of what is older than it is to be kept: raw objects by the day they arrived, partitions by their date.</summary>
internal sealed class Retention(IObjectStore store, TimeProvider time)
{
    private const int DeletesAtOnce = 32;

    private readonly Manifests _manifests = new(store);

    /// <summary>Lists what is due and, unless it is a dry run, lets it go.</summary>
    /// <param name="rawDays">Days that raw objects are kept; null for ever.</param>
    /// <param name="curatedDays">Days that partitions are kept; null for ever.</param>
    /// <param name="dryRun">Whether to list alone.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<RetentionReport> RunAsync(int? rawDays, int? curatedDays, bool dryRun, CancellationToken cancellation)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var manifests = new List<Manifest>();
        foreach (var (partition, _) in (await _manifests.AllAsync(null, cancellation)).Values)
            manifests.Add(await _manifests.NewestAsync(partition, cancellation));
        var (raw, kept) = rawDays is { } r ? await RawAsync(today.AddDays(-r), manifests, dryRun, cancellation) : ([], []);
        var partitions = curatedDays is { } c ? await CuratedAsync(today.AddDays(-c), manifests, dryRun, cancellation) : [];
        return new RetentionReport(raw, kept, partitions);
    }

    private async Task<(List<string> Raw, List<string> Kept)> RawAsync(DateOnly before, List<Manifest> manifests, bool dryRun, CancellationToken cancellation)
    {
        var held = manifests.SelectMany(m => m.Held?.Sources ?? []).ToHashSet(StringComparer.Ordinal);
        var (due, kept) = (new List<string>(), new List<string>());
        var days = new Dictionary<DateOnly, HashSet<string>>();
        var keys = new List<string>();
        await foreach (var found in store.ListAsync($"{RawObjects.Prefix}received=", cancellation))
        {
            if (DayOf(found.Key) is not { } day || day >= before)
                break; // ascending: what follows is younger
            keys.Add(found.Key);
        }

        foreach (var key in keys)
        {
            var day = DayOf(key)!.Value;
            if (!days.TryGetValue(day, out var taken))
                days.Add(day, taken = [.. (await DayProgress.ReadAsync(store, day, cancellation)).Taken]);

            // What is not in the curated lake yet would be lost.
            var isTaken = taken.Contains(key[(key.IndexOf('/', RawObjects.Prefix.Length) + 1)..]) && !held.Contains(key);
            (isTaken ? due : kept).Add(key);
        }

        if (!dryRun)
        {
            await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = DeletesAtOnce, CancellationToken = cancellation }, async (key, stop) => await store.DeleteAsync(key, stop));
        }

        return (due, kept);
    }

    /// <summary>A partition goes by a version without files: a transform that adds to it at the same time begins from that one.</summary>
    private async Task<List<string>> CuratedAsync(DateOnly before, List<Manifest> manifests, bool dryRun, CancellationToken cancellation)
    {
        var due = manifests.Where(m => m.Date < before && m.Files.Count > 0).ToList();
        if (!dryRun)
        {
            foreach (var m in due)
            {
                var gone = m with { Version = m.Version + 1, Created = time.GetUtcNow(), Rows = 0, Readings = 0, Duplicates = 0, Conflicts = 0, Files = [] };
                if (await _manifests.PublishAsync(gone, cancellation))
                    await store.DeleteAsync(m.Partition.Symlink, cancellation);
            }
        }

        return [.. due.Select(m => m.Partition.ToString())];
    }

    private static DateOnly? DayOf(string key) =>
        DateOnly.TryParseExact(key.Split('/')[1]["received=".Length..], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}

/// <summary>What a retention let go, or would.</summary>
/// <param name="Raw">Raw objects.</param>
/// <param name="Kept">Raw objects that are due and stay, because the curated lake does not hold all of them.</param>
/// <param name="Partitions">Partitions; their files go with the next sweep.</param>
internal sealed record RetentionReport(IReadOnlyList<string> Raw, IReadOnlyList<string> Kept, IReadOnlyList<string> Partitions);
