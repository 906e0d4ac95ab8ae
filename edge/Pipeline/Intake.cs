using System.Threading.Channels;
using IotGateway.Edge.Clock;
using IotGateway.Edge.Packs;
using IotGateway.Edge.Sources.Contract;
using IotGateway.Hosting;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Pipeline;

/// <summary>
/// The gateway's middle: takes whatever the sources have observed, decodes and checks it, makes it durable as one batch, and only
/// then acknowledges. While one batch is being synced the next collects, so a batch is as large as the disk is slow.
/// </summary>
internal sealed class Intake(
    ChannelReader<Observed> observed, DecodingStep decoding, StoringStep storing, GatewayClock clock, TimeProvider time) : BackgroundService
{
    /// <summary>Readings of one frame at most; no frame is taken that might not fit.</summary>
    private const int FrameReadings = 64;

    /// <summary>The most messages taken before what is good among them is stored; a flood of bad ones holds up no good one.</summary>
    private const int MaxMessages = 1024;

    /// <summary>True when the loop makes progress, for the watchdog.</summary>
    public Heartbeat Heartbeat { get; } = new(time);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var acknowledging = Task.CompletedTask;
        try
        {
            while (await observed.WaitToReadAsync(stoppingToken))
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
    internal static async Task AcknowledgeAsync(IReadOnlyList<Observed> done, CancellationToken cancellation)
    {
        // Most of it would run before the first wait, and hold up the caller.
        await Task.Yield();
        foreach (var message in done)
            await message.Acknowledge(cancellation);
    }

    /// <summary>Makes what is waiting durable, at most one batch of it; answers with the messages it took.</summary>
    private async Task<IReadOnlyList<Observed>> StoreAsync(CancellationToken cancellation)
    {
        var done = new List<Observed>();
        var readings = new List<Reading>();
        var stamp = clock.Stamp();

        // Asked once: what is timed by a stamp is timed by a clock that is not known to be right, though it become known just now.
        var known = stamp is null && clock.Known;
        while (readings.Count < Packer.MaxReadings - FrameReadings && done.Count < MaxMessages && observed.TryRead(out var message))
        {
            decoding.Read(message, stamp, known, readings);
            done.Add(message);
        }

        if (readings.Count > 0)
            await storing.StoreAsync(readings, stamp, done.Count, Heartbeat, cancellation);
        return done;
    }
}
