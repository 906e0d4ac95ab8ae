using System.IO.Hashing;
using IotGateway.Edge.Decode;

namespace IotGateway.Edge.Devices;

/// <summary>
/// Recognises a frame that came before: by a second radio gateway, or sent again by the broker. It remembers the last
/// <paramref name="capacity"/> frames, which may change; what it forgets, the cloud recognises by the reading's identity.
/// </summary>
/// <remarks>The payload is part of the key: a frame counter starts anew with a join, and then a repeated number is no repeated
/// frame.</remarks>
internal sealed class DuplicateFrames(Func<int> capacity)
{
    private readonly HashSet<(string, string, long, ulong)> _seen = [];
    private readonly Queue<(string, string, long, ulong)> _order = [];

    /// <summary>Notes the frame; false when it was noted before.</summary>
    public bool IsNew(Uplink uplink)
    {
        var key = Key(uplink);
        if (!_seen.Add(key))
            return false;

        _order.Enqueue(key);
        for (var most = capacity(); _order.Count > most;)
            _seen.Remove(_order.Dequeue());
        return true;
    }

    private static (string, string, long, ulong) Key(Uplink uplink) =>
        (uplink.DevEui.ToString(), uplink.DevAddr, uplink.FCnt, XxHash64.HashToUInt64(uplink.Payload.Span));
}
