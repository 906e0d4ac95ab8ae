using System.Runtime.CompilerServices;
using IotGateway.Cloud.Objects;

namespace IotGateway.Cloud.Lake.Curated.Partitions;

/// <summary>The partitions' manifests: the highest number is the partition, and a number is given once.</summary>
internal sealed class Manifests(IObjectStore store)
{
    /// <summary>The newest version; an empty one with version 0 when there is none.</summary>
    /// <exception cref="InvalidDataException">The newest manifest cannot be read.</exception>
    public async Task<Manifest> NewestAsync(Partition partition, CancellationToken cancellation)
    {
        while (true)
        {
            var newest = 0;
            await foreach (var found in store.ListAsync(partition.ManifestFolder, cancellation))
            {
                if (Partition.TryParseManifest(found.Key, out _, out var version))
                    newest = Math.Max(newest, version);
            }

            if (newest == 0)
                return Manifest.Empty(partition);
            if (await ReadAsync(partition, newest, cancellation) is { } manifest)
                return manifest;

            // Swept between the two calls: there is a newer one.
        }
    }

    /// <summary>One version; null when there is none.</summary>
    public async Task<Manifest?> ReadAsync(Partition partition, int version, CancellationToken cancellation)
    {
        var key = partition.ManifestKey(version);
        return await store.GetAsync(key, cancellation) is { } json ? Manifest.Parse(key, json) : null;
    }

    /// <summary>Makes a version the newest.</summary>
    /// <returns>False when another writer took its number; then that one's stands.</returns>
    public Task<bool> PublishAsync(Manifest manifest, CancellationToken cancellation) =>
        store.PutNewAsync(manifest.Partition.ManifestKey(manifest.Version), manifest.ToJson(), cancellation);

    /// <summary>The newest version of each partition that can be read.</summary>
    /// <param name="unreadable">Told the others, with the reason.</param>
    /// <param name="cancellation">Gives up.</param>
    public async IAsyncEnumerable<Manifest> NewestOfAllAsync(
        Action<string> unreadable, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var (partition, _) in (await AllAsync(null, cancellation)).Values)
        {
            Manifest newest;
            try
            {
                newest = await NewestAsync(partition, cancellation);
            }
            catch (InvalidDataException e)
            {
                unreadable($"{partition}: {e.Message}");
                continue;
            }

            yield return newest;
        }
    }

    /// <summary>The versions of all partitions, or of one family's, each ascending.</summary>
    public async Task<SortedDictionary<string, (Partition Partition, List<int> Versions)>> AllAsync(
        string? family, CancellationToken cancellation)
    {
        var all = new SortedDictionary<string, (Partition Partition, List<int> Versions)>(StringComparer.Ordinal);
        var prefix = family is null ? Partition.Manifests : $"{Partition.Manifests}metric_family={family}/";
        await foreach (var found in store.ListAsync(prefix, cancellation))
        {
            if (!Partition.TryParseManifest(found.Key, out var partition, out var version))
                continue;
            if (!all.TryGetValue(partition.ToString(), out var known))
                all.Add(partition.ToString(), known = (partition, []));
            known.Versions.Add(version);
        }

        return all;
    }
}
