using System.Buffers.Binary;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Observations.Lite;

/// <summary>
/// A series' day hour by hour, packed: hour of day (u8), count (u32), least, greatest and sum (f64), little-endian; hours without
/// observations are left out. Values that cannot be what they claim are not in it: one would spoil its hour. Where the sum is beyond all
/// doubles, the count's highest bit is set and the mean stands in its place.
/// </summary>
internal static class DaySummary
{
    private const int EntryBytes = 29;
    private const uint HasMean = 1u << 31;

    public static byte[] Pack(IEnumerable<Observation> observations)
    {
        Observation[] day = [.. observations.Where(o => (o.Quality & Observation.Unusable) == Quality.Good)];
        Span<int> counts = stackalloc int[24];
        Span<double> min = stackalloc double[24], max = stackalloc double[24], sum = stackalloc double[24];
        foreach (var o in day)
        {
            var hour = o.Time.UtcDateTime.Hour;
            min[hour] = counts[hour] == 0 ? o.Value : Math.Min(min[hour], o.Value);
            max[hour] = counts[hour] == 0 ? o.Value : Math.Max(max[hour], o.Value);
            sum[hour] += o.Value;
            counts[hour]++;
        }

        var packed = new byte[EntryBytes * (24 - counts.Count(0))];
        var rest = packed.AsSpan();
        for (var hour = 0; hour < 24; hour++)
        {
            if (counts[hour] == 0)
                continue;
            rest[0] = (byte)hour;
            var (isFinite, count) = (double.IsFinite(sum[hour]), (uint)counts[hour]);
            BinaryPrimitives.WriteUInt32LittleEndian(rest[1..], isFinite ? count : count | HasMean);
            BinaryPrimitives.WriteDoubleLittleEndian(rest[5..], min[hour]);
            BinaryPrimitives.WriteDoubleLittleEndian(rest[13..], max[hour]);
            BinaryPrimitives.WriteDoubleLittleEndian(rest[21..], isFinite ? sum[hour] : MeanOf(day, hour));
            rest = rest[EntryBytes..];
        }

        return packed;
    }

    /// <summary>A packed day with one hour put in place of what it held.</summary>
    /// <param name="day">The day.</param>
    /// <param name="hour">Which hour.</param>
    /// <param name="packed">That hour alone, packed; empty takes it out.</param>
    public static byte[] Replace(byte[] day, int hour, byte[] packed)
    {
        var at = 0;
        while (at < day.Length && day[at] < hour)
            at += EntryBytes;
        var behind = at < day.Length && day[at] == hour ? at + EntryBytes : at;
        return [.. day.AsSpan(0, at), .. packed, .. day.AsSpan(behind)];
    }

    /// <summary>The hours of the day that begins at <paramref name="day"/>.</summary>
    public static IReadOnlyList<Bucket> Read(ReadOnlySpan<byte> packed, DateTimeOffset day)
    {
        var hours = new List<Bucket>(packed.Length / EntryBytes);
        for (; packed.Length >= EntryBytes; packed = packed[EntryBytes..])
        {
            var told = BinaryPrimitives.ReadUInt32LittleEndian(packed[1..]);
            var count = (int)(told & ~HasMean);
            var sum = BinaryPrimitives.ReadDoubleLittleEndian(packed[21..]);
            hours.Add(new Bucket(
                day.AddHours(packed[0]), count, BinaryPrimitives.ReadDoubleLittleEndian(packed[5..]),
                (told & HasMean) == 0 ? sum / count : sum, BinaryPrimitives.ReadDoubleLittleEndian(packed[13..])));
        }

        return hours;
    }

    /// <summary>Hours, ascending, joined to wider buckets that count from 1970 UTC.</summary>
    public static IReadOnlyList<Bucket> Join(IEnumerable<Bucket> hours, TimeSpan width)
    {
        var joined = new List<Bucket>();
        foreach (var hour in hours)
        {
            var from = DateTimeOffset.UnixEpoch.AddTicks((hour.From - DateTimeOffset.UnixEpoch).Ticks / width.Ticks * width.Ticks);
            if (joined.Count > 0 && joined[^1].From == from)
            {
                var b = joined[^1];
                var count = b.Count + hour.Count;
                joined[^1] = new Bucket(
                    from, count, Math.Min(b.Min, hour.Min), Means.Of(b.Mean, b.Count, hour.Mean, hour.Count), Math.Max(b.Max, hour.Max));
            }
            else
            {
                joined.Add(hour with { From = from });
            }
        }

        return joined;
    }

    private static double MeanOf(Observation[] day, int hour) =>
        Means.Of(day.Where(o => o.Time.UtcDateTime.Hour == hour).Select(o => o.Value))!.Value;
}
