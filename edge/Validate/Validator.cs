using IotGateway.Edge.Decode;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Validate;

/// <summary>
/// Turns what a device measured into readings with flags. A value that is not finite is the only one that cannot go on: JSON and the
/// lake have no form for it, so it is answered as a fault and counted.
/// </summary>
internal static class Validator
{
    /// <summary>A device time before this comes from a clock that was never set.</summary>
    private static readonly DateTimeOffset EarliestTime = new(2015, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A server's time after this is no time: the wire format ends in the year 9987, and one reading beyond would have its whole batch refused.</summary>
    private static readonly DateTimeOffset LatestTime = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>An SCD41, the usual carbon dioxide sensor, reports up to 40,000 ppm and is specified to 5,000 (SENSORS §4).</summary>
    private const double Co2SpecifiedToPpm = 5_000;

    /// <summary>Checks a frame's values.</summary>
    /// <param name="device">Who measured.</param>
    /// <param name="decoded">What it said.</param>
    /// <param name="networkTime">When the network server received it; null when it did not say.</param>
    /// <param name="received">When the gateway did, by its own clock.</param>
    /// <param name="clockKnown">Whether that clock is right; if not, it judges nobody, and what hangs on it is flagged.</param>
    /// <param name="futureTolerance">How far a device's clock may be ahead of the gateway's before its time is not believed.</param>
    /// <param name="standing">Flags that hold for the whole frame.</param>
    public static (List<Reading> Readings, List<string> Faults) Check(
        DeviceId device, Decoded decoded, DateTimeOffset? networkTime, DateTimeOffset received, bool clockKnown, TimeSpan futureTolerance, Quality standing)
    {
        received = Reading.ToMilliseconds(received);
        var (time, timeQuality) = When(decoded.Time, networkTime, received, clockKnown, futureTolerance);
        var readings = new List<Reading>(decoded.Values.Count);
        var faults = new List<string>();
        foreach (var (metric, value, unit) in decoded.Values)
        {
            if (double.IsFinite(value))
                readings.Add(new Reading(device, metric, time, value, unit, standing | timeQuality | Judge(metric, value, unit), received));
            else
                faults.Add(metric);
        }

        return (readings, faults);
    }

    /// <summary>The flags a value earns by itself.</summary>
    public static Quality Judge(string metric, double value, string unit)
    {
        if (Metrics.Find(metric) is not { } known)
            return Quality.UnknownMetric;
        if (unit != known.Unit)
            return Quality.UnexpectedUnit;

        var quality = value < known.Min || value > known.Max ? Quality.OutOfRange : Quality.Good;
        if (metric == Metrics.Co2 && value > Co2SpecifiedToPpm)
            quality |= Quality.OutsideSpecification;
        return quality;
    }

    /// <summary>The best time to be had: the device's, if it can be true, else the network's, else the gateway's.</summary>
    private static (DateTimeOffset Time, Quality Quality) When(DateTimeOffset? device, DateTimeOffset? network, DateTimeOffset received, bool clockKnown, TimeSpan futureTolerance)
    {
        var networkTime = network >= EarliestTime && network < LatestTime ? network : null;
        var judge = clockKnown ? received : networkTime;
        var latest = judge is { } now ? now + futureTolerance : DateTimeOffset.MaxValue;
        if (device is { } own && own >= EarliestTime && own <= latest)
            return (Reading.ToMilliseconds(own), judge is null ? Quality.ClockUnsure : Quality.Good);

        var why = device > latest ? Quality.FutureTime : Quality.Good;
        return networkTime is { } theirs && theirs <= latest
            ? (Reading.ToMilliseconds(theirs), why | Quality.NetworkTime)
            : (received, why | Quality.GatewayTime | (clockKnown ? Quality.Good : Quality.ClockUnsure));
    }
}
