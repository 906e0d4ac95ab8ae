namespace IotGateway.Cloud.Lake;

/// <summary>What this process knows of the partitions' newest versions; others may have written newer ones since.</summary>
internal sealed class Catalog(IObjectStore store)
{
    private readonly Manifests _manifests = new(store);
    private readonly Dictionary<Partition, CatalogEntry> _entries = [];

    public IReadOnlyCollection<CatalogEntry> Entries => _entries.Values;

    public void Note(Manifest manifest) => _entries[manifest.Partition] = CatalogEntry.Of(manifest);

    /// <summary>Reads what is new since the last time.</summary>
    /// <returns>The manifests that cannot be read.</returns>
    public async Task<IReadOnlyList<UnreadablePart>> Refresh(CancellationToken cancellation)
    {
        var unreadable = new List<UnreadablePart>();
        foreach (var (partition, versions) in (await _manifests.All(null, cancellation)).Values)
        {
            if (_entries.TryGetValue(partition, out var known) && known.Version == versions[^1])
                continue;
            try
            {
                Note(await _manifests.Newest(partition, cancellation));
            }
            catch (InvalidDataException e)
            {
                unreadable.Add(new UnreadablePart(partition.ManifestKey(versions[^1]), "damaged_manifest", e.Message));
            }
        }

        return unreadable;
    }
}

/// <summary>A partition in short.</summary>
/// <param name="HasHours">Whether it is still in hours.</param>
internal sealed record CatalogEntry(Partition Partition, int Version, int Files, long Rows, bool HasHours, Hold? Held)
{
    public static CatalogEntry Of(Manifest m) => new(m.Partition, m.Version, m.Files.Count, m.Rows, m.Files.Any(f => f.Hour is not null), m.Held);
}
