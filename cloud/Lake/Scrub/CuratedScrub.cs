using IotGateway.Cloud.Lake.Curated;
using IotGateway.Cloud.Lake.Curated.Merging;
using IotGateway.Cloud.Lake.Curated.Partitions;
using IotGateway.Cloud.Lake.Raw;
using IotGateway.Cloud.Objects;
using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Lake.Scrub;

/// <summary>
/// Scrub of the partitions: reads their files again, names what is missing or damaged, and makes it again from raw objects where all of
/// them are there.
/// </summary>
internal sealed class CuratedScrub(IObjectStore store, Apiary apiary, CuratedOptions options, LakeFaults faults, TimeProvider time)
{
    private const int Least = 16;

    private readonly Manifests _manifests = new(store);

    /// <summary>Looks for data files that are not there, or have another size than their manifest says.</summary>
    public async Task MissingAsync(CancellationToken cancellation)
    {
        var all = await _manifests.AllAsync(null, cancellation);
        var sizes = new Dictionary<string, long>(StringComparer.Ordinal);
        await foreach (var (key, bytes) in store.ListAsync(Partition.DataRoot, cancellation))
            sizes[key] = bytes;
        foreach (var (name, (partition, versions)) in all)
        {
            try
            {
                if (await _manifests.ReadAsync(partition, versions[^1], cancellation) is { } manifest
                    && manifest.Files.FirstOrDefault(f => sizes.GetValueOrDefault(f.Key) != f.Bytes) is { } file)
                    await MendAsync(name, partition, $"{file.Key} is missing or not as large as its manifest says", cancellation);
            }
            catch (InvalidDataException e)
            {
                faults.Add(name, e.Message, mended: null);
            }
        }
    }

    /// <summary>Reads the partitions behind one, a share of all there are.</summary>
    /// <returns>The last partition read; empty at the end of the round.</returns>
    public async Task<string> ShareAsync(string after, int shares, CancellationToken cancellation)
    {
        var all = await _manifests.AllAsync(null, cancellation);
        var due = all.Where(p => string.CompareOrdinal(p.Key, after) > 0).Take(Math.Max(Least, all.Count / shares)).ToList();
        foreach (var (name, (partition, _)) in due)
        {
            try
            {
                foreach (var file in (await _manifests.NewestAsync(partition, cancellation)).Files)
                    await CuratedFiles.GetAsync(store, file, verify: true, cancellation);
            }
            catch (DamagedFileException e)
            {
                await MendAsync(name, partition, e.Message, cancellation);
            }
            catch (InvalidDataException e)
            {
                faults.Add(name, e.Message, mended: null);
            }
        }

        return due.Count < Least ? "" : due[^1].Key;
    }

    private async Task MendAsync(string name, Partition partition, string damage, CancellationToken cancellation)
    {
        using var publisher = new Publisher(store, apiary, options, time);
        var now = await publisher.MendAsync(partition, damage, cancellation);
        faults.Add(name, damage, now.Held is { Reason: QualityCheck.DamagedFile } ? null : "it was made again from its raw objects");
    }
}
