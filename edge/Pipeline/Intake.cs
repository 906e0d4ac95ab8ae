using System.Runtime.InteropServices;
using System.Threading.Channels;
using IotGateway.Edge.Buffer;
using IotGateway.Edge.Clock;
using IotGateway.Edge.Decode;
using IotGateway.Edge.Settings;
using IotGateway.Edge.Sources;
using IotGateway.Edge.Validate;
using IotGateway.Hosting;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Pipeline;

/// <summary>
/// The gateway's middle: takes whatever the sources have received, decodes and checks it, makes it durable as one batch, and only
/// then acknowledges. While one batch is being synced the next collects, so a batch is as large as the disk is slow.
/// </summary>
internal sealed class Intake(
    ChannelReader<Received> received,
    DeviceProfiles profiles,
    DuplicateFrames duplicates,
    FrameCounters nodes,
    Quarantine quarantine,
    BatchBuffer buffer,
    GatewayClock clock,
    Counters counters,
    Discards discards,
    LiveTuning tuning,
    TimeProvider time,
    ILogger<Intake> log) : BackgroundService
{
    /// <summary>The most readings in a batch.</summary>
    private const int MaxReadings = 1024;

    /// <summary>The most messages taken before what is good among them is stored; a flood of bad ones holds up no good one.</summary>
    private const int MaxMessages = 1024;

    /// <summary>The most bytes of a batch's pack, so that it fits a message with its envelope whatever gzip makes of it.</summary>
    private const int MaxPackBytes = 120 * 1024;

    /// <summary>ChirpStack's events; counters have these names and no others, whatever a topic says.</summary>
    private static readonly string[] EventKinds = ["join", "status", "ack", "txack", "log", "location", "integration"];

    /// <summary>Whether the loop makes progress, for the watchdog.</summary>
    public Heartbeat Heartbeat { get; } = new(time);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var acknowledging = Task.CompletedTask;
        try
        {
            while (await received.WaitToReadAsync(stoppingToken))
            {
                Heartbeat.Beat();
                var done = await StoreAsync(stoppingToken);

                // Told while the next batch is read and synced; in their order all the same.
                await acknowledging;
                acknowledging = AcknowledgeAsync(done, stoppingToken);
                Heartbeat.Rest();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is unacknowledged comes again after the restart.
        }
        finally
        {
            await acknowledging;
        }
    }

    /// <summary>Takes what is waiting, at most one batch of it.</summary>
    internal async Task TakeAsync(CancellationToken cancellation) => await AcknowledgeAsync(await StoreAsync(cancellation), cancellation);

    /// <summary>Tells the sources that messages are durable.</summary>
    internal static async Task AcknowledgeAsync(IReadOnlyList<Received> done, CancellationToken cancellation)
    {
        // Most of it would run before the first wait, and hold up the caller.
        await Task.Yield();
        foreach (var message in done)
            await message.Acknowledge(cancellation);
    }

    /// <summary>Makes what is waiting durable, at most one batch of it; answers with the messages it took.</summary>
    private async Task<IReadOnlyList<Received>> StoreAsync(CancellationToken cancellation)
    {
        var done = new List<Received>();
        var readings = new List<Reading>();
        var stamp = clock.Stamp();

        // Asked once: what is timed by a stamp is timed by a clock that is not known to be right, though it become known just now.
        var known = stamp is null && clock.Known;
        while (readings.Count < MaxReadings - 64 && done.Count < MaxMessages && received.TryRead(out var message))
        {
            Read(message, stamp, known, readings);
            done.Add(message);
        }

        if (readings.Count > 0)
            await StoreAsync(Packs(readings, stamp), done.Count, cancellation);
        return done;
    }

    private void Read(Received message, Stamp? stamp, bool known, List<Reading> readings)
    {
        counters.Add("messages.received");
        try
        {
            switch (ChirpStackV4.Read(message.Topic, message.Payload))
            {
                case DeviceEvent happened:
                    profiles.For(happened.DevEui);
                    counters.Add($"events.{(EventKinds.Contains(happened.Kind) ? happened.Kind : "other")}");
                    nodes.Note(happened, message.At);
                    break;
                case Uplink uplink:
                    ReadUplink(uplink, message, stamp, known, readings);
                    break;
            }
        }
        catch (RefusedException refused)
        {
            discards.Count(refused.Reason, message.Source, refused.Message);
            Keep(message, refused);
        }
    }

    private void Keep(Received message, RefusedException refused)
    {
        try
        {
            quarantine.Add(message, refused.Reason, refused.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full disk must not let a message that nobody can use stop those that are good.
            counters.Add("quarantine.dropped");
            log.NotQuarantined(message.Source, refused.Reason, e.Message);
        }
    }

    private void ReadUplink(Uplink uplink, Received message, Stamp? stamp, bool known, List<Reading> readings)
    {
        clock.Note(message.Source, uplink.NetworkTime, message.Timestamp);
        var at = clock.At(message.Timestamp, stamp);
        var decoded = profiles.For(uplink.DevEui)(uplink.FPort, uplink.Payload.Span);
        if (!duplicates.IsNew(uplink))
        {
            counters.Add("frames.duplicate");
            return;
        }

        counters.Add("frames.accepted");
        counters.Add("frames.missed", nodes.Note(uplink, at));
        var (checkedReadings, faults) = Validator.Check(
            uplink.DevEui, decoded, uplink.NetworkTime, at, known, TimeSpan.FromSeconds(tuning.Now.FutureSeconds), uplink.Synthetic ? Quality.Synthetic : Quality.Good);
        foreach (var fault in faults)
            discards.Count("no_value", message.Source, $"{uplink.DevEui}: the sensor of {fault} gave no value.");
        foreach (var reading in checkedReadings)
            CountFlags(reading.Quality);
        readings.AddRange(checkedReadings);
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

    private async Task StoreAsync(List<(ReadOnlyMemory<byte> Pack, int Readings)> packs, int frames, CancellationToken cancellation)
    {
        var backoff = new Backoff(Random.Shared.NextDouble);
        for (var next = 0; next < packs.Count;)
        {
            try
            {
                await buffer.AppendHereAsync(packs[next].Pack, packs[next].Readings, BatchKind.Ordinary, cancellation);
                counters.Add("readings.buffered", packs[next].Readings);
                Heartbeat.Beat();
                next++;
            }
            catch (IOException e)
            {
                var wait = backoff.Next();
                counters.Add("buffer.write_failed");
                log.NotDurable(frames, e.Message, wait.TotalSeconds);
                Heartbeat.Rest();
                await Task.Delay(wait, time, cancellation);
                Heartbeat.Beat();
            }
        }
    }

    /// <summary>The readings as packs, each small enough for one message. Those that hang on an unknown time have packs of their own, so that the others need not wait.</summary>
    private static List<(ReadOnlyMemory<byte> Pack, int Readings)> Packs(List<Reading> readings, Stamp? stamp)
    {
        var packs = new List<(ReadOnlyMemory<byte>, int)>();
        if (stamp is not null && readings.Exists(r => r.Quality.HasFlag(Quality.ClockUnsure)))
        {
            AddPacks(packs, [.. readings.Where(r => !r.Quality.HasFlag(Quality.ClockUnsure))], stamp);
            AddPacks(packs, [.. readings.Where(r => r.Quality.HasFlag(Quality.ClockUnsure))], stamp with { Waits = true });
        }
        else
        {
            AddPacks(packs, readings, stamp);
        }

        return packs;
    }

    private static void AddPacks(List<(ReadOnlyMemory<byte> Pack, int Readings)> packs, List<Reading> readings, Stamp? stamp)
    {
        for (var start = 0; start < readings.Count;)
        {
            var count = Math.Min(MaxReadings, readings.Count - start);
            while (true)
            {
                var pack = Stamp.Write(stamp, CollectionsMarshal.AsSpan(readings).Slice(start, count));
                if (pack.Length <= MaxPackBytes || count == 1)
                {
                    packs.Add((pack, count));
                    start += count;
                    break;
                }

                count /= 2;
            }
        }
    }
}
