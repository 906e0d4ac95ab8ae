using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IotGateway.Cloud.Objects;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Erasure;

/// <summary>
/// Deletes devices' data from every place, searches all of them again, and keeps a record of the figures. Nothing else may write meanwhile. An
/// erasure that was cut off is made again.
/// </summary>
/// <param name="places">In the order of deletion: the raw lake first, for all others are made from it.</param>
/// <param name="store">Where the record goes.</param>
/// <param name="time">The record's clock.</param>
internal sealed class Eraser(IEnumerable<IErasable> places, IObjectStore store, TimeProvider time)
{
    public const string Records = "erased/";

    /// <summary>Erases devices.</summary>
    /// <param name="devices">Which.</param>
    /// <param name="progress">Told the place and how far it is.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The record.</returns>
    public async Task<ErasureRecord> RunAsync(IReadOnlySet<DeviceId> devices, Action<string, Found> progress, CancellationToken cancellation)
    {
        var before = await PassAsync(devices, delete: true, progress, cancellation);
        var after = await PassAsync(devices, delete: false, progress, cancellation);
        var older = store is S3Objects s3 && await s3.KeepsVersionsAsync(cancellation);
        string[] hashes = [.. devices.Select(d => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(d.ToString())))).Order(StringComparer.Ordinal)];
        var record = new ErasureRecord(hashes, time.GetUtcNow(), !older && after.Values.All(f => f.IsNothing), before, after, NotCovered(store, older));
        var key = string.Create(CultureInfo.InvariantCulture, $"{Records}{record.At.UtcDateTime:yyyyMMdd'T'HHmmssfff}-{hashes[0][..12]}.json");
        await store.PutNewAsync(key, JsonSerializer.SerializeToUtf8Bytes(record, ErasureJson.Default.ErasureRecord), cancellation);
        return record;
    }

    /// <summary>Searches alone: what there is of the devices now.</summary>
    public Task<Dictionary<string, Found>> SearchAsync(IReadOnlySet<DeviceId> devices, Action<string, Found> progress, CancellationToken cancellation) =>
        PassAsync(devices, delete: false, progress, cancellation);

    private async Task<Dictionary<string, Found>> PassAsync(IReadOnlySet<DeviceId> devices, bool delete, Action<string, Found> progress, CancellationToken cancellation)
    {
        var found = new Dictionary<string, Found>(StringComparer.Ordinal);
        foreach (var place in places)
            found[place.Name] = await place.SearchAsync(devices, delete, f => progress(place.Name, f), cancellation);
        return found;
    }

    /// <summary>Where copies may be that no search of ours reaches.</summary>
    private static List<string> NotCovered(IObjectStore store, bool older)
    {
        var list = new List<string> { "copies outside the stores (backups, exports, results of queries)" };
        if (store is S3Objects)
        {
            list.Add("messages that still wait in the queue, its dead letters or the rule's errors: they are stored when they are taken");
            list.Add("point-in-time backups of the tables, which AWS keeps for up to 35 days");
        }

        if (older)
            list.Add("older versions of objects: the bucket keeps versions, and they still hold the data");
        return list;
    }
}
