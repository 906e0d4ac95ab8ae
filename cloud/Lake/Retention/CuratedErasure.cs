using IotGateway.Cloud.Erasure;
using IotGateway.Cloud.Lake.Curated;
using IotGateway.Cloud.Lake.Curated.Partitions;
using IotGateway.Cloud.Lake.Curated.Tables;
using IotGateway.Cloud.Objects;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Lake.Retention;

/// <summary>
/// Curated partitions, for erasure: the newest version is published anew without the devices' rows. Any other data file that holds some is
/// deleted, named by an older version or by none; so is a note of progress that names a device.
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
        var (found, clean) = (default(Found), new HashSet<string>(StringComparer.Ordinal));
        if (delete)
        {
            foreach (var (partition, versions) in (await _manifests.AllAsync(null, cancellation)).Values)
                Note(await RepublishAsync(partition, versions, rows, clean, cancellation));
        }

        // Whatever lies there counts, named by a manifest or not: the search does not trust what the deletion did.
        await foreach (var key in store
            .ListAsync(Partition.Root, cancellation)
            .Select(o => o.Key)
            .Where(k => !clean.Contains(k))
            .WithCancellation(cancellation))
            Note(await InAsync(key, rows, devices, delete, cancellation));
        return found;

        void Note(Found more) => progress(found += more);
    }

    private async Task<Found> RepublishAsync(
        Partition partition, List<int> versions, DeviceRows rows, HashSet<string> clean, CancellationToken cancellation)
    {
        var gone = await publisher.EraseAsync(partition, rows, cancellation);
        var newest = await _manifests.NewestAsync(partition, cancellation);
        clean.UnionWith(newest.Files.Select(f => f.Key));

        // The files that they name are counted and go with all others that hold rows.
        foreach (var version in versions.Where(v => gone > 0 && v < newest.Version))
            await store.DeleteAsync(partition.ManifestKey(version), cancellation);
        return new Found(0, 0, newest.Files.Count);
    }

    private async Task<Found> InAsync(
        string key, DeviceRows rows, IReadOnlySet<DeviceId> devices, bool delete, CancellationToken cancellation)
    {
        var isTable = key.EndsWith(".parquet", StringComparison.Ordinal);
        if ((!isTable && !key.StartsWith(DayProgress.Root, StringComparison.Ordinal))
            || await store.GetAsync(key, cancellation) is not { } bytes)
            return default;
        var count = isTable ? rows.CountIn(bytes) : Traces.Name(bytes, devices) ? 1 : 0;
        if (count > 0 && delete)
            await store.DeleteAsync(key, cancellation);
        return new Found(count, count > 0 ? 1 : 0, 1);
    }
}
