using IotGateway.Edge.Clock;
using IotGateway.Edge.Decode;
using IotGateway.Edge.Decode.Profiles;
using IotGateway.Edge.Devices;
using IotGateway.Edge.Settings;
using IotGateway.Edge.Sources.Contract;
using IotGateway.Edge.Validate;
using IotGateway.Hosting;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Pipeline;

/// <summary>Turns one observed message into readings with flags; what cannot be used goes to the refusals.</summary>
internal sealed class DecodingStep(
    DeviceProfiles profiles, DuplicateFrames duplicates, FrameCounters nodes, GatewayClock clock, Refusals refusals, Discards discards,
    Counters counters, LiveTuning tuning)
{
    /// <summary>Adds a message's readings to those of its batch.</summary>
    /// <param name="message">The message.</param>
    /// <param name="stamp">The stamp of the batch's pack; null when the time is known.</param>
    /// <param name="known">Whether the clock is right by which the batch is timed.</param>
    /// <param name="readings">The batch's readings.</param>
    public void Read(Observed message, Stamp? stamp, bool known, List<Reading> readings)
    {
        counters.Add("messages.received");
        try
        {
            switch (message.Content)
            {
                case Uplink uplink:
                    ReadUplink(uplink, message, stamp, known, readings);
                    break;
                case DeviceEvent happened:
                    profiles.For(happened.DevEui);
                    counters.Add($"events.{happened.Kind}");
                    var at = clock.At(message.Timestamp, stamp);
                    nodes.Note(happened, TimeOf(happened.Times, at, known) ?? at, at);
                    break;
                case Measurements measurements:
                    Check(
                        measurements.Device, measurements.Samples, measurements.Synthetic, null, message,
                        (clock.At(message.Timestamp, stamp), known), readings);
                    break;
                case Unreadable unreadable:
                    refusals.Add(message, unreadable.Reason, unreadable.Explanation);
                    break;
            }
        }
        catch (RefusedException refused)
        {
            refusals.Add(message, refused.Reason, refused.Message);
        }
    }

    private void ReadUplink(Uplink uplink, Observed message, Stamp? stamp, bool known, List<Reading> readings)
    {
        var at = clock.At(message.Timestamp, stamp);
        var networkTime = TimeOf(uplink.Times, at, known);

        // Judged by no clock of ours: it may be ours that is wrong.
        clock.Note(message.Source, Calendar.Choose(uplink.Times), message.Timestamp);
        var profile = profiles.For(uplink.DevEui);
        if (!duplicates.IsNew(uplink, nodes.SessionOf(uplink.DevEui), networkTime, at))
        {
            counters.Add("frames.duplicate");
            return;
        }

        // Heard is heard, whatever can be made of it.
        counters.Add("frames.missed", nodes.Note(uplink, networkTime ?? at, at));
        if (uplink.Fault is { } fault)
            throw new RefusedException(fault.Reason, fault.Explanation);
        if (uplink.Payload.Length == 0 || uplink.FPort == 0)
        {
            // Answers to MAC commands and signs of life: LoRaWAN keeps port 0 for them.
            counters.Add("frames.without_payload");
            return;
        }

        var samples = profile.Read(uplink.FPort, uplink.Payload.Span);
        counters.Add("frames.accepted");
        Check(uplink.DevEui, samples, uplink.Synthetic, networkTime, message, (at, known), readings);
    }

    private DateTimeOffset? TimeOf(IReadOnlyList<DateTimeOffset> times, DateTimeOffset received, bool known) =>
        EventTime.Of(times, received, known, TimeSpan.FromSeconds(tuning.Now.FutureSeconds));

    private void Check(
        DeviceId device, IReadOnlyList<Sample> samples, bool synthetic, DateTimeOffset? networkTime, Observed message,
        (DateTimeOffset At, bool Known) received, List<Reading> readings)
    {
        var tolerance = TimeSpan.FromSeconds(tuning.Now.FutureSeconds);
        var standing = synthetic ? Quality.Synthetic : Quality.Good;
        foreach (var sample in samples)
        {
            var separate = sample with { Values = SubDevices.Separate(device, sample.Values) };
            var (checkedReadings, faults) = Validator.Check(
                device, separate, networkTime, received.At, received.Known, tolerance, standing);
            foreach (var fault in faults)
                discards.Count("no_value", message.Source, $"{device}: the sensor of {fault} gave no value.");
            foreach (var reading in checkedReadings)
                CountFlags(reading.Quality);
            readings.AddRange(checkedReadings);
        }
    }

    private void CountFlags(Quality quality)
    {
        if (quality == Quality.Good)
            return;
        foreach (var flag in Enum.GetValues<Quality>())
        {
            if (flag != Quality.Good && quality.HasFlag(flag))
                counters.Add($"flagged.{flag}");
        }
    }
}
