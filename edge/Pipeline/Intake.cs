using System.Buffers;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using IotGateway.Edge.Buffer;
using IotGateway.Edge.Decode;
using IotGateway.Edge.Sources;
using IotGateway.Edge.Validate;
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
    Counters counters,
    Discards discards,
    TimeProvider time,
    ILogger<Intake> logger) : BackgroundService
{
    /// <summary>The most readings in a batch.</summary>
    private const int MaxReadings = 1024;

    /// <summary>The most bytes of a batch's pack, so that it fits a message with its envelope whatever gzip makes of it.</summary>
    private const int MaxPackBytes = 120 * 1024;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await received.WaitToReadAsync(stoppingToken))
                await TakeAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is unacknowledged comes again after the restart.
        }
    }

    /// <summary>Takes what is waiting, at most one batch of it.</summary>
    internal async Task TakeAsync(CancellationToken cancellation)
    {
        var done = new List<Received>();
        var readings = new List<Reading>();
        while (readings.Count < MaxReadings - 64 && received.TryRead(out var message))
        {
            Read(message, readings);
            done.Add(message);
        }

        if (readings.Count > 0)
            await StoreAsync(readings, done.Count, cancellation);
        foreach (var message in done)
            await message.Acknowledge(cancellation);
    }

    private void Read(Received message, List<Reading> readings)
    {
        counters.Add("messages.received");
        try
        {
            switch (ChirpStackV4.Read(message.Topic, message.Payload))
            {
                case DeviceEvent happened:
                    counters.Add($"events.{happened.Kind}");
                    nodes.Note(happened, message.At);
                    break;
                case Uplink uplink:
                    ReadUplink(uplink, message, readings);
                    break;
            }
        }
        catch (RefusedException refused)
        {
            discards.Count(refused.Reason, message.Source, refused.Message);
            quarantine.Add(message, refused.Reason, refused.Message);
        }
    }

    private void ReadUplink(Uplink uplink, Received message, List<Reading> readings)
    {
        var decoded = profiles.For(uplink.DevEui)(uplink.FPort, uplink.Payload.Span);
        if (!duplicates.IsNew(uplink))
        {
            counters.Add("frames.duplicate");
            return;
        }

        counters.Add("frames.accepted");
        counters.Add("frames.missed", nodes.Note(uplink, message.At));
        var (checkedReadings, faults) = Validator.Check(
            uplink.DevEui, decoded, uplink.NetworkTime, message.At, uplink.Synthetic ? Quality.Synthetic : Quality.Good);
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

    private async Task StoreAsync(List<Reading> readings, int frames, CancellationToken cancellation)
    {
        var packs = Packs(readings);
        var backoff = new Backoff(Random.Shared.NextDouble);
        for (var next = 0; next < packs.Count;)
        {
            try
            {
                await buffer.AppendAsync(packs[next].Pack, packs[next].Readings, BatchKind.Ordinary, cancellation);
                counters.Add("readings.buffered", packs[next].Readings);
                next++;
            }
            catch (IOException e)
            {
                var wait = backoff.Next();
                counters.Add("buffer.write_failed");
                Log.NotDurable(logger, frames, e.Message, wait.TotalSeconds);
                await Task.Delay(wait, time, cancellation);
            }
        }
    }

    /// <summary>The readings as packs, each small enough for one message.</summary>
    private static List<(ReadOnlyMemory<byte> Pack, int Readings)> Packs(List<Reading> readings)
    {
        var packs = new List<(ReadOnlyMemory<byte>, int)>();
        for (var start = 0; start < readings.Count;)
        {
            var count = Math.Min(MaxReadings, readings.Count - start);
            while (true)
            {
                var output = new ArrayBufferWriter<byte>(32 * 1024);
                Senml.Write(output, CollectionsMarshal.AsSpan(readings).Slice(start, count));
                if (output.WrittenCount <= MaxPackBytes || count == 1)
                {
                    packs.Add((output.WrittenMemory, count));
                    start += count;
                    break;
                }

                count /= 2;
            }
        }

        return packs;
    }
}
