using System.Collections.Concurrent;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace IotGateway.FirmwareSim.Broker;

/// <summary>
/// Ends a client's old connection wholly before its new one is let in. MQTTnet.Server queues a session's unacknowledged messages
/// anew while the old connection's sender still takes from the same queue: what that one takes reaches nobody, and is only sent
/// again at the connection after next.
/// </summary>
internal sealed class TakeoverGuard(MqttServer server)
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _connections = new(StringComparer.Ordinal);

    /// <summary>Call while a connection is validated, before its session is made or found.</summary>
    public async Task EndOldConnectionAsync(string clientId)
    {
        if (!_connections.TryGetValue(clientId, out var ended))
            return;

        try
        {
            await server.DisconnectClientAsync(clientId, MqttDisconnectReasonCode.SessionTakenOver);
        }
        catch (InvalidOperationException)
        {
            // It is ending by itself.
        }

        await ended.Task;
    }

    public void Connected(string clientId) =>
        _connections[clientId] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Disconnected(string clientId)
    {
        if (_connections.TryRemove(clientId, out var ended))
            ended.TrySetResult();
    }
}
