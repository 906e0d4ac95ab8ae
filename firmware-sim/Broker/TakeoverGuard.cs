using System.Collections.Concurrent;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace IotGateway.FirmwareSim.Broker;

/// <summary>
/// Lets one connection in at a time, its client's old one wholly ended before, and nothing published meanwhile. MQTTnet.Server queues a
/// session's unacknowledged messages anew when its client comes back; what the old connection's sender takes from that queue, or a
/// publisher puts into it between the copy and the clearing, reaches nobody and is only sent again at the connection after next. Nothing
/// tells when that sender has ended: it has seen the end of its connection and needs but a moment of a processor, which it is given.
/// </summary>
internal sealed class TakeoverGuard(MqttServer server) : IDisposable
{
    /// <summary>
    /// On a machine with many times more to do than it has cores a thread waits for its turn for some tens of milliseconds.
    /// </summary>
    private static readonly TimeSpan SendersEnd = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _connections = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _ended = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>
    /// Call while a connection is validated, before its session is made or found; the gate is shut until it is connected or has failed.
    /// </summary>
    public async Task LetInAsync(string clientId)
    {
        await _gate.WaitAsync();
        if (_connections.TryGetValue(clientId, out var ended))
        {
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

        if (_ended.TryRemove(clientId, out var at) && SendersEnd - TimeProvider.System.GetElapsedTime(at) is { Ticks: > 0 } rest)
            await Task.Delay(rest);
    }

    public void Connected(string clientId)
    {
        _connections[clientId] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _gate.Release();
    }

    public void Disconnected(string clientId)
    {
        _ended[clientId] = TimeProvider.System.GetTimestamp();
        if (_connections.TryRemove(clientId, out var ended))
            ended.TrySetResult();
        else
            _gate.Release(); // it ended while it was let in
    }

    /// <summary>Publishes while nobody is being let in.</summary>
    public async Task PublishAsync(InjectedMqttApplicationMessage message, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            await server.InjectApplicationMessage(message, cancellation);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();
}
