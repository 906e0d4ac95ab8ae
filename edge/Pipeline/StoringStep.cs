using IotGateway.Edge.Buffer;
using IotGateway.Edge.Buffer.Batches;
using IotGateway.Edge.Clock;
using IotGateway.Edge.Packs;
using IotGateway.Hosting;
using IotGateway.Storage.Files;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Pipeline;

/// <summary>Makes a batch's readings durable; tries again for as long as the disk refuses.</summary>
internal sealed class StoringStep(BatchBuffer buffer, Counters counters, TimeProvider time, ILogger<StoringStep> log)
{
    /// <summary>Stores readings; returns when they are durable.</summary>
    /// <param name="readings">The readings.</param>
    /// <param name="stamp">The clock's stamp they are timed by; null when the time is known.</param>
    /// <param name="frames">The messages they came in, for the log.</param>
    /// <param name="heartbeat">The loop's sign of life: at rest while it waits for the next try.</param>
    /// <param name="cancellation">Ends the tries; what is not durable then stays unacknowledged.</param>
    public async Task StoreAsync(List<Reading> readings, Stamp? stamp, int frames, Heartbeat heartbeat, CancellationToken cancellation)
    {
        var packs = Packer.Pack(readings, stamp);
        var backoff = new Backoff(Random.Shared.NextDouble);
        for (var next = 0; next < packs.Count;)
        {
            try
            {
                await buffer.AppendHereAsync(packs[next].Content, packs[next].Readings, BatchKind.Ordinary, cancellation);
                counters.Add("readings.buffered", packs[next].Readings);
                heartbeat.Beat();
                next++;
            }
            catch (Exception e) when (e.IsFromDisk())
            {
                var wait = backoff.Next();
                counters.Add("buffer.write_failed");
                log.NotDurable(frames, e.Message, wait.TotalSeconds);
                heartbeat.Rest();
                await Task.Delay(wait, time, cancellation);
                heartbeat.Beat();
            }
        }
    }
}
