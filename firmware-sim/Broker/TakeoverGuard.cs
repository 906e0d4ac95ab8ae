using System.Collections.Concurrent;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace IotGateway.FirmwareSim.Broker;

/// <summary>
/// Lets one connection in at a time, its client's old one wholly ended before, and nothing published meanwhile. MQTTnet.Server queues a
/// session's unacknowledged messages anew when its client comes back; what the old connection's sender takes from that queue, or a
/// publisher puts into it between the copy and the clearing, reaches nobody and is only sent again at the connection after next.
/// </summary>
internal sealed class TakeoverGuard(MqttServer server) : IDisposable
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _connections = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Call while a connection is validated, before its session is made or found; the gate is shut until it is connected or has failed.</summary>
    public async Task LetInAsync(string clientId)
    {
        await _gate.WaitAsync();
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

    public void Connected(string clientId)
    {
        _connections[clientId] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _gate.Release();
    }

    public void Disconnected(string clientId)
    {
        if (_connections.TryRemove(clientId, out var ended))
            ended.TrySetResult();
        else
            _gate.Release(); // it ended while it was let in
    }

    /// <summary>Publishes while nobody is being let in.</summary>
    public async Task PublishAsync(InjectedMqttApplicationMessage message, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await server.InjectApplicationMessage(message, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();
}
