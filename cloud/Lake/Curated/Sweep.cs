using IotGateway.Cloud.Lake.Curated.Partitions;
using IotGateway.Cloud.Objects;

namespace IotGateway.Cloud.Lake.Curated;

/// <summary>
/// Deletes what no reader needs: versions replaced longer ago than the grace, their files, and files of the same age that no version names,
/// which a crash left. Files of a partition that has no manifest at all stay: it has lost them, and its raw objects may be gone.
/// </summary>
internal sealed class Sweep(IObjectStore store, Publisher publisher, TimeProvider time)
{
    private readonly Manifests _manifests = new(store);

    /// <returns>Objects deleted.</returns>
    public async Task<int> RunAsync(TimeSpan grace, CancellationToken cancellation)
    {
        var before = time.GetUtcNow() - grace;
        var (kept, deleted) = (new HashSet<string>(StringComparer.Ordinal), 0);

        // Files are listed first: one that is published while the manifests are read is then not among them, or young.
        var files = new List<string>();
        await foreach (var found in store.ListAsync($"{Partition.Root}", cancellation))
        {
            if (found.Key.EndsWith(".parquet", StringComparison.Ordinal))
                files.Add(found.Key);
        }

        var known = new HashSet<Partition>();
        foreach (var (partition, versions) in (await _manifests.AllAsync(null, cancellation)).Values)
        {
            known.Add(partition);
            deleted += await VersionsAsync(partition, versions, before, kept, cancellation);
        }

        // A file with another name than ours is someone's, and none of ours to delete.
        foreach (var file in files.Where(f => !kept.Contains(f) && Partition.CreatedOf(f) <= before))
        {
            // A partition whose manifest cannot be read names nothing; what it holds is not known to be free.
            if (!Partition.TryParse(file, Partition.Root, out var partition, out _)
                || kept.Contains(partition.ManifestFolder) || !known.Contains(partition))
                continue;
            await store.DeleteAsync(file, cancellation);
            deleted++;
        }

        return deleted;
    }

    private async Task<int> VersionsAsync(
        Partition partition, List<int> versions, DateTimeOffset before, HashSet<string> kept, CancellationToken cancellation)
    {
        try
        {
            // A version is needed as long as the one after it is young; the newest always.
            var deleted = 0;
            DateTimeOffset? nextCreated = null;
            var old = new List<int>();
            foreach (var version in versions.OrderDescending())
            {
                if (nextCreated <= before)
                {
                    old.Add(version);
                    continue;
                }

                if (await _manifests.ReadAsync(partition, version, cancellation) is not { } manifest)
                    continue;
                kept.UnionWith(manifest.Files.Select(f => f.Key));
                if (nextCreated is null)
                    await publisher.LinkAsync(manifest, cancellation);
                nextCreated = manifest.Created;
            }

            foreach (var version in old)
            {
                await store.DeleteAsync(partition.ManifestKey(version), cancellation);
                deleted++;
            }

            return deleted;
        }
        catch (InvalidDataException)
        {
            // The transform names it; nothing of it is touched.
            kept.Add(partition.ManifestFolder);
            return 0;
        }
    }
}
