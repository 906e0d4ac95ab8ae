using System.Runtime.InteropServices;
using IotGateway.Cloud.Lake.Curated.Partitions;
using IotGateway.Cloud.Lake.Curated.Tables;
using IotGateway.Cloud.Lake.Raw;
using IotGateway.Cloud.Sites;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Cloud.Lake.Curated.Taking;

/// <summary>
/// Readings of raw objects, sorted into their partitions; as many as are published at once. A reading whose time cannot be is set aside: it
/// stays in the raw lake alone.
/// </summary>
internal sealed class RawRowReader(RawObjects raw, Apiary apiary, TimeProvider time) : IDisposable
{
    /// <summary>Readings after which nothing more is begun.</summary>
    public const int MaxRows = 250_000;

    private const int MaxPartitions = 1024;

    private readonly Dictionary<Partition, PartitionRows> _partitions = [];
    private readonly Dictionary<(DeviceId Device, string Metric, string Unit), CuratedSeries> _series = [];
    private readonly Dictionary<string, byte[]> _gateways = new(StringComparer.Ordinal);
    private int _order;

    public IReadOnlyDictionary<Partition, PartitionRows> Partitions => _partitions;

    public int Rows { get; private set; }

    public bool IsFull => Rows >= MaxRows || _partitions.Count >= MaxPartitions;

    /// <summary>Takes a source's readings of one partition.</summary>
    /// <returns>False when its object is not there.</returns>
    public async Task<bool> TakeAsync(string source, Partition only, CancellationToken cancellation)
    {
        if (await raw.ReadAsync(RawSource.KeyOf(source), cancellation) is not var (batches, _))
            return false;

        var (begin, end) = RawSource.StretchOf(source);
        foreach (var batch in batches.Where(b => b.Received.UtcTicks >= begin && b.Received.UtcTicks <= end))
        {
            try
            {
                Add(source, batch, Batch.Decode(batch.Bytes), p => p == only);
            }
            catch (BatchFormatException)
            {
                // Named when the object was first taken.
            }
        }

        return true;
    }

    /// <summary>Takes a part's readings.</summary>
    /// <param name="part">The part.</param>
    /// <param name="only">The partitions to take them for; null for all.</param>
    /// <returns>Readings set aside.</returns>
    public int Take(RawPart part, IReadOnlySet<Partition>? only)
    {
        var aside = 0;
        foreach (var (batch, decoded) in part.Batches)
            aside += Add(part.Source, batch, decoded, only is null ? null : only.Contains);
        return aside;
    }

    public void Dispose()
    {
        foreach (var rows in _partitions.Values)
            rows.Dispose();
    }

    private int Add(string source, RawBatch batch, Batch decoded, Func<Partition, bool>? wanted)
    {
        ref var gateway = ref CollectionsMarshal.GetValueRefOrAddDefault(_gateways, batch.Gateway, out _);
        gateway ??= CuratedSeries.Bytes(batch.Gateway);
        var received = (batch.Received - DateTimeOffset.UnixEpoch).Ticks;
        var latest = Partition.LatestFor(batch.Received, time.GetUtcNow());
        var aside = 0;
        foreach (ref readonly var reading in decoded.Readings.AsSpan())
        {
            if (Partition.Of(reading, latest) is not { } partition)
            {
                aside++;
                continue;
            }

            if (wanted?.Invoke(partition) == false)
                continue;

            if (!_partitions.TryGetValue(partition, out var rows))
                _partitions.Add(partition, rows = new PartitionRows());
            rows.Add(source, new CuratedRow
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

        return aside;
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
