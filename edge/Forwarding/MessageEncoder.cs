using IotGateway.Edge.Buffer;
using IotGateway.Edge.Buffer.Batches;
using IotGateway.Edge.Clock;
using IotGateway.Edge.Forwarding.Lanes;
using IotGateway.Edge.Packs;
using IotGateway.Edge.Settings;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Edge.Forwarding;

/// <summary>A message as it goes to the cloud.</summary>
/// <param name="Bytes">Its bytes.</param>
/// <param name="Stream">The stream whose sequences it holds.</param>
/// <param name="LastLoss">The id of the newest loss it tells of; null when it tells of none.</param>
internal sealed record EncodedMessage(byte[] Bytes, string Stream, long? LastLoss);

/// <summary>Makes a parcel of batches a message, with the gaps that are yet to be told.</summary>
internal sealed class MessageEncoder(GatewayOptions gateway, BatchBuffer buffer, GatewayClock clock, PackResolver packs)
{
    /// <summary>Gaps told in one message, so that its envelope stays small.</summary>
    private const int GapsAMessage = 20;

    public EncodedMessage Encode(Parcel parcel)
    {
        LossRecord[] losses = [.. buffer.Losses.Take(GapsAMessage)];
        var stream = buffer.StreamId;
        Gap[] gaps =
        [
            .. losses.Select(l => new Gap(l.First, l.Last, l.Readings, l.Cause) { Stream = l.Stream == stream ? null : l.Stream }),
        ];
        var bytes = Batch.Encode(
            gateway.Name, stream, parcel.Range, clock.Now(), clock.State.State, gaps, parcel.Batches.Select(b => packs.Resolve(b.Payload)));
        return new EncodedMessage(bytes, stream, losses.Length > 0 ? losses[^1].Id : null);
    }
}
