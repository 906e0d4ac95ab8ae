using IotGateway.Edge.Buffer;
using IotGateway.Edge.Buffer.Batches;
using IotGateway.Edge.Clock;
using IotGateway.Edge.Packs;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Edge.Forwarding.Answers;

/// <summary>Makes two batches of one that is too large for the way ahead of it.</summary>
internal static class PackSplitter
{
    /// <summary>
    /// Appends the halves; true when they are durable, so that the batch itself may go. A crash between sends readings twice, which their
    /// identity absorbs.
    /// </summary>
    public static async Task<bool> SplitAsync(BatchBuffer buffer, BufferedBatch batch, CancellationToken cancellation)
    {
        Stamp? stamp;
        Reading[] readings;
        try
        {
            stamp = StampedPack.StampOf(batch.Payload.Span);
            readings = Senml.Read(batch.Payload.Span);
        }
        catch (BatchFormatException)
        {
            return false;
        }

        if (readings.Length < 2)
            return false;
        var half = readings.Length / 2;
        await Task.WhenAll(
            buffer.AppendAsync(StampedPack.Write(stamp, readings.AsSpan(0, half)), half, batch.Kind, cancellation),
            buffer.AppendAsync(StampedPack.Write(stamp, readings.AsSpan(half)), readings.Length - half, batch.Kind, cancellation));
        return true;
    }
}
