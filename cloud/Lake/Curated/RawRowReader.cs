using System.Runtime.InteropServices;
using IotGateway.Cloud.Lake.Curated.Partitions;
using IotGateway.Cloud.Lake.Curated.Tables;
using IotGateway.Cloud.Lake.Raw;
using IotGateway.Cloud.Sites;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Cloud.Lake.Curated;

/// <summary>Readings of raw objects, sorted into their partitions; as many as are published at once.</summary>
internal sealed class RawRowReader(RawObjects raw, Apiary apiary) : IDisposable
{
    /// <summary>Readings after which no further object is begun.</summary>
    public const int MaxRows = 250_000;

    private readonly Dictionary<Partition, PartitionRows> _partitions = [];
    private readonly Dictionary<(DeviceId Device, string Metric, string Unit), CuratedSeries> _series = [];
    private readonly Dictionary<string, byte[]> _gateways = new(StringComparer.Ordinal);
    private int _order;

    public IReadOnlyDictionary<Partition, PartitionRows> Partitions => _partitions;

    /// <summary>Parts that could not be read.</summary>
    public List<UnreadablePart> Unreadable { get; } = [];

    public int Rows { get; private set; }

    public bool IsFull => Rows >= MaxRows;

    /// <summary>Takes a raw object's readings.</summary>
    /// <param name="key">The object.</param>
    /// <param name="only">The one partition to take them for; null for all.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>False when there is no such object.</returns>
    public async Task<bool> TakeAsync(string key, Partition? only, CancellationToken cancellation)
    {
        if (await raw.ReadAsync(key, cancellation) is not var (batches, damaged))
            return false;

        if (damaged > 0)
            Unreadable.Add(new UnreadablePart(
                key, "damaged_object", $"{damaged} stretches of the object hold no whole batch; {batches.Count} batches were read"));
        foreach (var batch in batches)
        {
            try
            {
                Add(key, batch, Batch.Decode(batch.Bytes), only);
            }
            catch (BatchFormatException e)
            {
                Unreadable.Add(new UnreadablePart(key, e.Reason, $"sequences {batch.Range.First} to {batch.Range.Last}: {e.Message}"));
            }
        }

        return true;
    }

    public void Dispose()
    {
        foreach (var rows in _partitions.Values)
            rows.Dispose();
    }

    private void Add(string key, RawBatch batch, Batch decoded, Partition? only)
    {
        ref var gateway = ref CollectionsMarshal.GetValueRefOrAddDefault(_gateways, batch.Gateway, out _);
        gateway ??= CuratedSeries.Bytes(batch.Gateway);
        var received = (batch.Received - DateTimeOffset.UnixEpoch).Ticks;
        foreach (ref readonly var reading in decoded.Readings.AsSpan())
        {
            var partition = new Partition(Metrics.FamilyOf(reading.Metric), DateOnly.FromDateTime(reading.Time.UtcDateTime));
            if (only is { } wanted && wanted != partition)
                continue;

            if (!_partitions.TryGetValue(partition, out var rows))
                _partitions.Add(partition, rows = new PartitionRows());
            rows.Add(key, new CuratedRow
            {
                Series = Series(reading),
                Gateway = gateway,
                Time = reading.Time.ToUnixTimeMilliseconds(),
                Value = reading.Value,
                Received = received,
                Quality = (int)reading.Quality,
                Order = _order++,
            });
            Rows++;
        }
    }

    private CuratedSeries Series(in Reading reading)
    {
        ref var series = ref CollectionsMarshal.GetValueRefOrAddDefault(_series, (reading.Device, reading.Metric, reading.Unit), out _);
        if (series is null)
        {
            var hive = apiary.Find(reading.Device);
            series = CuratedSeries.Of(reading.Device.ToString(), reading.Metric, reading.Unit, hive?.Id, hive?.Site.Id);
        }

        return series;
    }
}
