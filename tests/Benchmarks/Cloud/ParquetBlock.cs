using System.Runtime.InteropServices;
using IotGateway.Cloud.Lake.Curated.Tables;
using ParquetSharp;

namespace IotGateway.Benchmarks.Cloud;

/// <summary>A million rows of a day, sorted as the lake sorts them: as rows, and as the columns that Parquet's writers take.</summary>
internal sealed unsafe class ParquetBlock : IDisposable
{
    public const int Rows = 1_000_000;
    private const int PerSeries = 1000;
    private static readonly string[] Metrics = ["brood_temperature", "hive_humidity", "hive_temperature", "weight"];
    private readonly Dictionary<byte[], ByteArray> _pinned = [];

    private readonly ByteArray[] _devices =
        new ByteArray[Rows], _metrics = new ByteArray[Rows], _units = new ByteArray[Rows], _gateways = new ByteArray[Rows];
    private readonly ByteArray[] _hives = new ByteArray[Rows], _sites = new ByteArray[Rows];
    private readonly short[] _present = new short[Rows];
    private readonly long[] _times = new long[Rows], _received = new long[Rows];
    private readonly double[] _values = new double[Rows];
    private readonly int[] _qualities = new int[Rows];

    public ParquetBlock()
    {
        Sorted = [.. Draw(1)];
        Array.Fill(_present, (short)1);
        for (var i = 0; i < Rows; i++)
        {
            ref readonly var r = ref Sorted[i];
            (_devices[i], _metrics[i], _units[i], _gateways[i]) = (
                Pin(r.Series.Device), Pin(r.Series.Metric), Pin(r.Series.Unit), Pin(r.Gateway));
            (_hives[i], _sites[i]) = (Pin(r.Series.Hive!), Pin(r.Series.Site!));
            (_times[i], _received[i], _values[i], _qualities[i]) = (r.Time, r.Received / TimeSpan.TicksPerMicrosecond, r.Value, r.Quality);
        }
    }

    public CuratedRow[] Sorted { get; }

    /// <summary>Rows as they come, none kept.</summary>
    public static IEnumerable<CuratedRow> Draw(int blocks)
    {
        var random = new Random(1);
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        var gateways = Enumerable.Range(0, 20).Select(g => CuratedSeries.Bytes($"gateway-{g:D2}")).ToArray();
        for (var s = 0; s < blocks * Rows / PerSeries; s++)
        {
            var device = s / Metrics.Length;
            var metric = Metrics[s % Metrics.Length];
            var series = CuratedSeries.Of(
                $"0004a30b{device:D8}", metric, metric == "weight" ? "kg" : metric == "hive_humidity" ? "%RH" : "Cel", $"hive-{device:D6}",
                $"site-{device / 20:D5}");
            var value = 30 + (random.NextDouble() * 8);
            for (var i = 0; i < PerSeries; i++)
            {
                value += random.NextDouble() - 0.5;
                var time = start + (i * 86_400L) + random.Next(1000);
                yield return new CuratedRow
                {
                    Series = series,
                    Gateway = gateways[device % gateways.Length],
                    Time = time,
                    Value = Math.Round(value, 2),
                    Received = (time + random.Next(60_000)) * TimeSpan.TicksPerMillisecond,
                    Quality = random.Next(100) == 0 ? 16 : 0,
                };
            }
        }
    }

    /// <summary>Writes the columns as they are prepared.</summary>
    public void Put(RowGroupWriter group)
    {
        Put(group, _devices);
        Put(group, _metrics);
        Put(group, _times);
        Put(group, _values);
        Put(group, _units);
        Put(group, _qualities);
        Put(group, _received);
        Put(group, _gateways);
        PutOptional(group, _hives);
        PutOptional(group, _sites);
    }

    public void Dispose()
    {
        foreach (var text in _pinned.Values)
            NativeMemory.Free((void*)text.Pointer);
    }

    private static void Put<T>(RowGroupWriter group, T[] values)
        where T : unmanaged
    {
        using var column = (ColumnWriter<T>)group.NextColumn();
        column.WriteBatch(values);
    }

    private void PutOptional(RowGroupWriter group, ByteArray[] values)
    {
        using var column = (ColumnWriter<ByteArray>)group.NextColumn();
        column.WriteBatch(Rows, _present, [], values);
    }

    private ByteArray Pin(byte[] text)
    {
        ref var pinned = ref CollectionsMarshal.GetValueRefOrAddDefault(_pinned, text, out var known);
        if (!known)
        {
            var place = NativeMemory.Alloc((nuint)text.Length);
            text.CopyTo(new Span<byte>(place, text.Length));
            pinned = new ByteArray((nint)place, text.Length);
        }

        return pinned;
    }
}
