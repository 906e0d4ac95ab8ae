using IotGateway.Cloud.Objects;

namespace IotGateway.Cloud.Lake.Curated.Partitions;

/// <summary>Catalog of the partitions' newest versions as this process knows them; others may have written newer ones since.</summary>
internal sealed class Catalog(IObjectStore store, TimeProvider time)
{
    private readonly Manifests _manifests = new(store);
    private readonly Dictionary<Partition, CatalogEntry> _entries = [];

    public IReadOnlyCollection<CatalogEntry> Entries => _entries.Values;

    public void Note(Manifest manifest) => _entries[manifest.Partition] = CatalogEntry.Of(manifest);

    /// <summary>Reads what is new since the last time.</summary>
    /// <param name="grace">How old a data file must be before a partition without any manifest is no longer taken for one that is being
    /// made.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The manifests that cannot be read, and the partitions that lack one.</returns>
    public async Task<IReadOnlyList<UnreadablePart>> RefreshAsync(TimeSpan grace, CancellationToken cancellation)
    {
        // Files are listed first: one that is published meanwhile then has its manifest below.
        var files = new Dictionary<Partition, int>();
        await foreach (var found in store.ListAsync(Partition.DataRoot, cancellation))
        {
            if (Partition.TryParse(found.Key, Partition.Root, out var partition, out _) && Partition.CreatedOf(found.Key) is { } created
                && created < time.GetUtcNow() - grace)
                files[partition] = files.GetValueOrDefault(partition) + 1;
        }

        var unreadable = new List<UnreadablePart>();
        foreach (var (partition, versions) in (await _manifests.AllAsync(null, cancellation)).Values)
        {
            files.Remove(partition);
            if (_entries.TryGetValue(partition, out var known) && known.Version == versions[^1])
                continue;
            try
            {
                if (await _manifests.ReadAsync(partition, versions[^1], cancellation) is { } newest)
                    Note(newest);
            }
            catch (InvalidDataException e)
            {
                unreadable.Add(new UnreadablePart(partition.ManifestKey(versions[^1]), "damaged_manifest", e.Message));
            }
        }

        foreach (var (partition, count) in files.OrderBy(f => f.Key.ToString(), StringComparer.Ordinal))
        {
            _entries.Remove(partition);
            unreadable.Add(new UnreadablePart(
                partition.ManifestFolder, "missing_manifest",
                $"{count} data files have no manifest; none of their rows are read, and none of them is deleted"));
        }

        return unreadable;
    }
}

/// <summary>A partition in short.</summary>
/// <param name="HasHours">Whether it is still in hours.</param>
internal sealed record CatalogEntry(Partition Partition, int Version, int Files, long Rows, bool HasHours, Hold? Held)
{
    public static CatalogEntry Of(Manifest m) => new(
        m.Partition, m.Version, m.Files.Count, m.Rows, m.Files.Any(f => f.Hour is not null), m.Held);
}
