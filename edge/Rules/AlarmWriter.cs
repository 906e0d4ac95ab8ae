using IotGateway.Edge.Buffer;
using IotGateway.Edge.Buffer.Batches;
using IotGateway.Edge.Packs;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Rules;

/// <summary>
/// Door by which a rule raises alarms: readings that go to the cloud ahead of all others and are never thinned. They bear no stamp and so
/// do not wait for the time to become known: an alarm whose time is unsure goes out flagged, with the best estimate, and the same when sent
/// again.
/// </summary>
internal sealed class AlarmWriter(BatchBuffer buffer)
{
    /// <summary>Makes alarms durable; returns when they are.</summary>
    /// <exception cref="IOException">The disk refuses; the alarm is the caller's still.</exception>
    public async Task RaiseAsync(IEnumerable<Reading> alarms, CancellationToken cancellation)
    {
        foreach (var pack in Packer.Pack([.. alarms], stamp: null))
            await buffer.AppendAsync(pack.Content, pack.Readings, BatchKind.Alarm, cancellation);
    }
}
