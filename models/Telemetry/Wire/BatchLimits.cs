namespace IotGateway.Telemetry.Wire;

/// <summary>
/// Bounds of one message, far above what a gateway packs into its 128 KB: what a receiver spends on a message, and keeps of it, follows
/// from them whatever the sender means. A message beyond one of them is refused whole, by the bound's name.
/// </summary>
public static class BatchLimits
{
    /// <summary>The most readings.</summary>
    public const int Readings = 16 * 1024;

    /// <summary>The most devices.</summary>
    public const int Devices = 2048;

    /// <summary>The most different days, UTC, in which its readings lie.</summary>
    public const int Days = 400;

    /// <summary>The most different pairs of a device and a day: each is a place of its own wherever readings are kept.</summary>
    public const int DeviceDays = 2048;

    /// <summary>The most metrics of one device that <see cref="Metrics"/> does not know.</summary>
    public const int UnknownMetrics = 256;

    /// <summary>The greatest length of a unit, in characters.</summary>
    public const int UnitLength = 32;

    /// <summary>The most gaps.</summary>
    public const int Gaps = 100;

    /// <summary>The greatest length of a gap's cause, in characters.</summary>
    public const int CauseLength = 64;

    /// <summary>Checks what readings hold together.</summary>
    /// <exception cref="BatchFormatException">One of the bounds is passed; the reason is its name.</exception>
    internal static void Check(ReadOnlySpan<Reading> readings)
    {
        var devices = new HashSet<DeviceId>();
        var days = new HashSet<int>();
        var places = new HashSet<(DeviceId, int)>();
        HashSet<(DeviceId, string)>? unknown = null;
        Dictionary<DeviceId, int>? unknownOf = null;
        DeviceId last = default;
        var lastDay = -1;
        foreach (ref readonly var reading in readings)
        {
            var day = Day(reading.Time);
            if (day != lastDay || reading.Device != last)
            {
                (last, lastDay) = (reading.Device, day);
                devices.Add(last);
                days.Add(day);
                places.Add((last, day));
                Bound(devices.Count, Devices, "too_many_devices", "devices");
                Bound(days.Count, Days, "too_many_days", "different days");
                Bound(places.Count, DeviceDays, "too_many_days", "pairs of a device and a day");
            }

            if (reading.Unit.Length > UnitLength)
                throw new BatchFormatException(
                    "unit_too_long", $"A batch has a unit of {reading.Unit.Length:N0} characters; at most {UnitLength} are taken.");
            if (Metrics.Find(reading.Metric) is null && (unknown ??= []).Add((reading.Device, reading.Metric)))
            {
                var count = (unknownOf ??= []).GetValueOrDefault(reading.Device) + 1;
                unknownOf[reading.Device] = count;
                Bound(count, UnknownMetrics, "too_many_metrics", "unknown metrics of one device");
            }
        }
    }

    /// <summary>Checks the losses a message tells of.</summary>
    /// <exception cref="BatchFormatException">There are too many, or one cannot be; the reason names the bound.</exception>
    internal static void Check(IReadOnlyList<Gap> gaps)
    {
        Bound(gaps.Count, Gaps, "too_many_gaps", "gaps");
        foreach (var gap in gaps)
        {
            if (gap is not { Cause.Length: > 0 and <= CauseLength, Readings: >= 0 } || !new SequenceRange(gap.First, gap.Last).IsValid
                || (gap.Stream is { } stream && !IsStream(stream)))
                throw new BatchFormatException(
                    "bad_gap",
                    $"A batch has a gap that cannot be; expected sequences, 0 or more readings, a cause of 1 to {CauseLength} characters "
                        + "and a stream of 1 to 64 letters and digits, if any.");
        }
    }

    /// <summary>The day of a time, UTC, counted from the year 1.</summary>
    public static int Day(DateTimeOffset time) => (int)(time.UtcTicks / TimeSpan.TicksPerDay);

    /// <summary>True where a text can name a stream.</summary>
    internal static bool IsStream(string? text) => text is { Length: > 0 and <= 64 } && text.All(char.IsAsciiLetterOrDigit);

    private static void Bound(int count, int most, string reason, string what)
    {
        if (count > most)
            throw new BatchFormatException(reason, $"A batch has more than {most:N0} {what}.");
    }
}
