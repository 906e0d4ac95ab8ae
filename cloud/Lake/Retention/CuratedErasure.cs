using IotGateway.Cloud.Erasure;
using IotGateway.Cloud.Lake.Curated;
using IotGateway.Cloud.Lake.Curated.Partitions;
using IotGateway.Cloud.Lake.Curated.Tables;
using IotGateway.Cloud.Objects;
using IotGateway.Storage.Files;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Lake.Retention;

/// <summary>
/// Curated partitions, for erasure: the newest version is published anew without the devices' rows. Any other data file that holds some is
/// deleted, named by an older version or by none; so is a note of progress that names a device. One whose manifest cannot be read is
/// written again without them: nobody knows what it is for.
/// </summary>
internal sealed class CuratedErasure(IObjectStore store, Publisher publisher) : IErasable
{
    private readonly Manifests _manifests = new(store);

    public string Name => "curated lake";

    public Origins Origin => Origins.Readings;

    public async Task<Found> SearchAsync(
        IReadOnlySet<DeviceId> devices, bool delete, Action<Found> progress, CancellationToken cancellation)
    {
        var rows = new DeviceRows(devices);
        var (found, clean, whole) = (default(Found), new HashSet<string>(StringComparer.Ordinal), new HashSet<Partition>());
        if (delete)
        {
            foreach (var (partition, versions) in (await _manifests.AllAsync(null, cancellation)).Values)
                Note(await TryAsync(partition.ToString(), () => RepublishAsync(partition, versions, rows, clean, whole, cancellation)));
        }

        // Whatever lies there counts, named by a manifest or not: the search does not trust what the deletion did.
        await foreach (var key in store
            .ListAsync(Partition.Root, cancellation)
            .Select(o => o.Key)
            .Where(k => !clean.Contains(k))
            .WithCancellation(cancellation))
            Note(await TryAsync(key, () => InAsync(key, rows, devices, delete, whole, cancellation)));
        return found;

        void Note(Found more) => progress(found += more);
    }

    /// <summary>One damaged partition or file must not keep the others from being erased.</summary>
    private static async Task<Found> TryAsync(string name, Func<Task<Found>> search)
    {
        try
        {
            return await search();
        }
        catch (Exception e) when (e.IsFromDisk() || e is InvalidDataException)
        {
            return Found.Failed(name, e);
        }
    }

    private async Task<Found> RepublishAsync(
        Partition partition, List<int> versions, DeviceRows rows, HashSet<string> clean, HashSet<Partition> whole,
        CancellationToken cancellation)
    {
        var gone = await publisher.EraseAsync(partition, rows, cancellation);
        var newest = await _manifests.NewestAsync(partition, cancellation);
        whole.Add(partition);
        clean.UnionWith(newest.Files.Select(f => f.Key));

        // The files that they name are counted and go with all others that hold rows.
        foreach (var version in versions.Where(v => gone > 0 && v < newest.Version))
            await store.DeleteAsync(partition.ManifestKey(version), cancellation);
        return new Found(0, 0, newest.Files.Count);
    }

    private async Task<Found> InAsync(
        string key, DeviceRows rows, IReadOnlySet<DeviceId> devices, bool delete, HashSet<Partition> whole, CancellationToken cancellation)
    {
        var isTable = key.EndsWith(".parquet", StringComparison.Ordinal);
        if ((!isTable && !key.StartsWith(DayProgress.Root, StringComparison.Ordinal))
            || await store.GetAsync(key, cancellation) is not { } bytes)
            return default;

        // A table that no manifest of a whole partition names is a remain.
        var isRemain = Partition.TryParse(key, Partition.Root, out var partition, out _) && whole.Contains(partition)
            && Partition.CreatedOf(key) is not null;
        long count;
        try
        {
            count = isTable ? rows.CountIn(bytes) : Traces.Name(bytes, devices) ? 1 : 0;
        }
        catch (InvalidDataException) when (isTable && delete && isRemain)
        {
            await store.DeleteAsync(key, cancellation);
            return new Found(0, 1, 1);
        }

        if (count > 0 && delete && isTable && !isRemain)
            await publisher.RewriteAsync(key, bytes, rows, cancellation);
        if (count > 0 && delete)
            await store.DeleteAsync(key, cancellation);
        return new Found(count, count > 0 ? 1 : 0, 1);
    }
}
