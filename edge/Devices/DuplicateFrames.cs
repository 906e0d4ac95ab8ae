using System.IO.Hashing;
using IotGateway.Edge.Decode;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Devices;

/// <summary>
/// Recognises a frame that came before: by a second radio gateway, or sent again by the broker. It remembers the last
/// <paramref name="capacity"/> frames, which may change; what it forgets, the cloud recognises by the reading's identity.
/// </summary>
/// <remarks>
/// A counter alone proves nothing: it starts anew with a join, and with each restart of a node that has no session. So the payload and the
/// session are part of the key, and the same frame is one only within its age: of the time that the event tells, which a broker that sends
/// again tells again, or of its arrival where the event tells none.
/// </remarks>
internal sealed class DuplicateFrames(Func<int> capacity)
{
    /// <summary>Time by which two radio gateways may differ about one frame.</summary>
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(1);

    /// <summary>Time within which a broker sends an event again that tells no time, with counter, address and session.</summary>
    private static readonly TimeSpan ArrivalAge = TimeSpan.FromDays(1);

    /// <summary>The same of one without a counter, which differs from the next by its payload alone.</summary>
    private static readonly TimeSpan UncountedAge = TimeSpan.FromMinutes(10);

    private readonly Dictionary<FrameKey, (DateTimeOffset? Heard, DateTimeOffset Received)> _seen = [];
    private readonly Queue<(FrameKey Key, (DateTimeOffset? Heard, DateTimeOffset Received) Noted)> _order = [];

    /// <summary>Notes the frame; false when it was noted before.</summary>
    /// <param name="uplink">The frame.</param>
    /// <param name="session">The node's session as far as joins were heard (<see cref="FrameCounters.SessionOf"/>).</param>
    /// <param name="heard">The event's own time; null when it tells none.</param>
    /// <param name="received">When it arrived here.</param>
    public bool IsNew(Uplink uplink, int session, DateTimeOffset? heard, DateTimeOffset received)
    {
        var key = new FrameKey(
            uplink.DevEui, uplink.DevAddr, session, uplink.FCnt, uplink.FPort, XxHash64.HashToUInt64(uplink.Payload.Span));
        if (_seen.TryGetValue(key, out var before) && IsSame(before, heard, received, uplink.FCnt is null ? UncountedAge : ArrivalAge))
            return false;

        _seen[key] = (heard, received);
        _order.Enqueue((key, (heard, received)));
        for (var most = capacity(); _order.Count > most;)
        {
            // The same key may have been noted again since.
            var (oldest, noted) = _order.Dequeue();
            if (_seen.TryGetValue(oldest, out var last) && last == noted)
                _seen.Remove(oldest);
        }

        return true;
    }

    private static bool IsSame(
        (DateTimeOffset? Heard, DateTimeOffset Received) before, DateTimeOffset? heard, DateTimeOffset received, TimeSpan arrivalAge) =>
        before.Heard is { } then && heard is { } now
            ? (now - then).Duration() <= Age
            : (received - before.Received).Duration() <= arrivalAge;

    private readonly record struct FrameKey(DeviceId DevEui, string DevAddr, int Session, long? FCnt, int FPort, ulong Payload);
}
