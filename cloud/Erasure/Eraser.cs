using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IotGateway.Cloud.Objects;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Erasure;

/// <summary>
/// Deletes devices' data from every place, searches all of them again, and keeps a record of the figures. Nothing else may write meanwhile.
/// An erasure that was cut off is made again.
/// </summary>
/// <param name="places">All that the rooms declare; those that others are made from are emptied first, the raw lake before all.</param>
/// <param name="store">Where the record goes.</param>
/// <param name="time">The record's clock.</param>
internal sealed class Eraser(IEnumerable<IErasable> places, IObjectStore store, TimeProvider time)
{
    public const string Records = "erased/";

    private readonly IErasable[] _places = [.. places.OrderBy(p => p.Origin)];

    /// <summary>Erases devices.</summary>
    /// <param name="devices">Which.</param>
    /// <param name="progress">Told the place and how far it is.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The record.</returns>
    public async Task<ErasureRecord> RunAsync(
        IReadOnlySet<DeviceId> devices, Action<string, Found> progress, CancellationToken cancellation)
    {
        var before = await PassAsync(devices, delete: true, progress, cancellation);
        var after = await PassAsync(devices, delete: false, progress, cancellation);
        var older = await store.KeepsVersionsAsync(cancellation);
        string[] hashes =
        [
            .. devices
                .Select(d => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(d.ToString()))))
                .Order(StringComparer.Ordinal),
        ];
        var record = new ErasureRecord(
            hashes, time.GetUtcNow(), !older && after.Values.All(f => f.IsNothing), before, after, NotCovered(older));
        var key = string.Create(
            CultureInfo.InvariantCulture, $"{Records}{record.At.UtcDateTime:yyyyMMdd'T'HHmmssfff}-{hashes[0][..12]}.json");
        await store.PutNewAsync(key, JsonSerializer.SerializeToUtf8Bytes(record, ErasureJson.Default.ErasureRecord), cancellation);
        return record;
    }

    /// <summary>Searches alone: what there is of the devices now.</summary>
    public Task<Dictionary<string, Found>> SearchAsync(
        IReadOnlySet<DeviceId> devices, Action<string, Found> progress, CancellationToken cancellation) =>
        PassAsync(devices, delete: false, progress, cancellation);

    private async Task<Dictionary<string, Found>> PassAsync(
        IReadOnlySet<DeviceId> devices, bool delete, Action<string, Found> progress, CancellationToken cancellation)
    {
        var found = new Dictionary<string, Found>(StringComparer.Ordinal);
        foreach (var place in _places)
            found[place.Name] = found.GetValueOrDefault(place.Name) + await PlaceAsync(place);
        return found;

        // Whatever is wrong with one place, the others are searched.
        async Task<Found> PlaceAsync(IErasable place)
        {
            try
            {
                return await place.SearchAsync(devices, delete, f => progress(place.Name, f), cancellation);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                return Found.Failed(place.Name, e);
            }
        }
    }

    /// <summary>Places of copies that no search of ours reaches.</summary>
    private List<string> NotCovered(bool older)
    {
        var list = new List<string>
        {
            "copies outside the stores (backups, exports, results of queries)",
            "gateways' buffers, dead letters and images: a gateway that still has readings of the device sends them again",
        };
        list.AddRange(_places.SelectMany(p => p.NotCovered));
        if (older)
            list.Add("older versions of objects: the bucket keeps versions, and they still hold the data");
        return list;
    }
}
