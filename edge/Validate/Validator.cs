using IotGateway.Edge.Clock;
using IotGateway.Edge.Decode;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Validate;

/// <summary>
/// Checker that turns what a device measured into readings with flags. A value that is not finite is the only one that cannot go on: JSON
/// and the lake have no form for it, so it is answered as a fault and counted.
/// </summary>
internal static class Validator
{
    /// <summary>Checks a sample's values.</summary>
    /// <param name="device">Who measured.</param>
    /// <param name="sample">What it measured, each metric once a part (<see cref="SubDevices.Separate"/>).</param>
    /// <param name="networkTime">When the network server received it; null when it did not say.</param>
    /// <param name="received">When the gateway did, by its own clock.</param>
    /// <param name="clockKnown">Whether that clock is right; if not, it judges nobody, and what hangs on it is flagged.</param>
    /// <param name="futureTolerance">How far a device's clock may be ahead of the gateway's before its time is not believed.</param>
    /// <param name="standing">Flags that hold for the whole frame.</param>
    public static (List<Reading> Readings, List<string> Faults) Check(
        DeviceId device, Sample sample, DateTimeOffset? networkTime, DateTimeOffset received, bool clockKnown, TimeSpan futureTolerance,
        Quality standing)
    {
        received = Reading.ToMilliseconds(received);
        var (time, timeQuality) = When(sample.Time, networkTime, received, clockKnown, futureTolerance);
        var readings = new List<Reading>(sample.Values.Count);
        var faults = new List<string>();
        foreach (var measured in sample.Values)
        {
            if (double.IsFinite(measured.Value))
            {
                readings.Add(new Reading(
                    SubDevices.Of(device, measured.Part), measured.Metric, time, measured.Value, measured.Unit,
                    standing | timeQuality | Judge(measured), received));
            }
            else
            {
                faults.Add(measured.Metric);
            }
        }

        return (readings, faults);
    }

    /// <summary>The flags a value earns by itself.</summary>
    private static Quality Judge(Measured measured)
    {
        if (Metrics.Find(measured.Metric) is not { } known)
            return Quality.UnknownMetric;
        if (measured.Unit != known.Unit)
            return Quality.UnexpectedUnit;
        return (measured.Value < known.Min || measured.Value > known.Max ? Quality.OutOfRange : Quality.Good)
            | (measured.Value > measured.SpecifiedTo ? Quality.OutsideSpecification : Quality.Good);
    }

    /// <summary>The best time to be had: the device's, if it can be true, else the network's, else the gateway's.</summary>
    private static (DateTimeOffset Time, Quality Quality) When(
        DateTimeOffset? device, DateTimeOffset? network, DateTimeOffset received, bool clockKnown, TimeSpan futureTolerance)
    {
        var networkTime = network is { } told && Calendar.HoldsEvent(told) ? network : null;
        var judge = clockKnown ? received : networkTime;
        var latest = judge is { } now ? now + futureTolerance : DateTimeOffset.MaxValue;
        if (device is { } own && own >= Calendar.Earliest && own <= latest)
            return (Reading.ToMilliseconds(own), judge is null ? Quality.ClockUnsure : Quality.Good);

        var why = device > latest ? Quality.FutureTime : Quality.Good;
        return networkTime is { } theirs && theirs <= latest
            ? (Reading.ToMilliseconds(theirs), why | Quality.NetworkTime)
            : (received, why | Quality.GatewayTime | (clockKnown ? Quality.Good : Quality.ClockUnsure));
    }
}
