using System.Collections.Concurrent;
using MQTTnet.Server;

namespace IotGateway.FirmwareSim.Broker;

/// <summary>
/// Deletes the session of a client that stayed away for longer than its Session Expiry Interval, so that it does not hold the
/// replay up for good. MQTTnet.Server keeps such sessions.
/// </summary>
internal sealed class SessionExpiry(MqttServer server, TimeProvider time)
{
    /// <summary>About 46 days: a longer interval, and MQTT's 0xFFFFFFFF, never ends here.</summary>
    private const uint LongestSeconds = 4_000_000;

    private readonly ConcurrentDictionary<string, uint> _seconds = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ITimer> _absent = new(StringComparer.Ordinal);

    /// <param name="seconds">The interval of the CONNECT; 0 = none was given.</param>
    public void Connecting(string clientId, uint seconds)
    {
        if (_absent.TryRemove(clientId, out var timer))
            timer.Dispose();
        _seconds[clientId] = seconds;
    }

    /// <param name="seconds">The interval of the DISCONNECT; 0 = that of the CONNECT holds.</param>
    public void Disconnected(string clientId, uint seconds)
    {
        var due = seconds > 0 ? seconds : _seconds.GetValueOrDefault(clientId);
        if (due is > 0 and <= LongestSeconds)
            _absent[clientId] = time.CreateTimer(_ => _ = DeleteAsync(clientId), null, TimeSpan.FromSeconds(due), Timeout.InfiniteTimeSpan);
    }

    private async Task DeleteAsync(string clientId)
    {
        if (!_absent.TryRemove(clientId, out var timer))
            return; // it has come back

        await timer.DisposeAsync();
        try
        {
            await (await server.GetSessionAsync(clientId)).DeleteAsync();
        }
        catch (InvalidOperationException)
        {
            // The session, or the server, is gone already.
        }
    }
}
