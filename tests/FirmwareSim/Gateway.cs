using System.Buffers;
using System.Security.Cryptography;
using MQTTnet;
using MQTTnet.Protocol;

namespace IotGateway.FirmwareSim.Tests;

/// <summary>A gateway as the simulator meets it: MQTT 5, a persistent session, QoS 1. Acknowledges only as long as it is told to.</summary>
internal sealed class Gateway : IAsyncDisposable
{
    private const string EveryEvent = "application/+/device/+/event/+";

    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly Lock _lock = new();
    private readonly List<(int Count, TaskCompletionSource Reached)> _awaited = [];
    private readonly List<(string Topic, byte[] Payload)> _messages = [];
    private readonly HashSet<string> _distinct = new(StringComparer.Ordinal);

    private Gateway()
    {
    }

    /// <summary>Number of messages to acknowledge; those after them are received and left unacknowledged.</summary>
    public int Acknowledge { get; init; } = int.MaxValue;

    public bool SessionPresent { get; private set; }

    public IReadOnlyList<(string Topic, byte[] Payload)> Messages
    {
        get
        {
            lock (_lock)
                return [.. _messages];
        }
    }

    public static async Task<Gateway> ConnectAsync(
        int port, string clientId, int acknowledge = int.MaxValue, bool subscribe = true, ushort receiveMaximum = 0,
        MqttQualityOfServiceLevel qos = MqttQualityOfServiceLevel.AtLeastOnce,
        uint expirySeconds = uint.MaxValue)
    {
        var gateway = new Gateway { Acknowledge = acknowledge };
        gateway._client.ApplicationMessageReceivedAsync += gateway.ReceiveAsync;
        var options = new MqttClientOptionsBuilder()
            .WithTcpServer("127.0.0.1", port)
            .WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500)
            .WithClientId(clientId)
            .WithCleanStart(false)
            .WithSessionExpiryInterval(expirySeconds);
        if (receiveMaximum > 0)
            options = options.WithReceiveMaximum(receiveMaximum);
        gateway.SessionPresent = (await gateway._client.ConnectAsync(options.Build())).IsSessionPresent;
        if (subscribe)
            await gateway._client.SubscribeAsync(EveryEvent, qos);
        return gateway;
    }

    /// <summary>Ends with DISCONNECT; the session stays.</summary>
    public Task DisconnectAsync() => _client.DisconnectAsync();

    /// <summary>Completes when that many different payloads have come.</summary>
    public Task ReceivedAsync(int count)
    {
        lock (_lock)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_distinct.Count >= count)
                reached.SetResult();
            else
                _awaited.Add((count, reached));
            return reached.Task.WaitAsync(TimeSpan.FromSeconds(60));
        }
    }

    /// <summary>Takes the connection away without DISCONNECT, as kill -9 does.</summary>
    public void Kill() => _client.Dispose();

    public ValueTask DisposeAsync()
    {
        Kill();
        return ValueTask.CompletedTask;
    }

    private Task ReceiveAsync(MqttApplicationMessageReceivedEventArgs e)
    {
        lock (_lock)
        {
            _messages.Add((e.ApplicationMessage.Topic, e.ApplicationMessage.Payload.ToArray()));
            _distinct.Add(Convert.ToHexString(SHA256.HashData(_messages[^1].Payload)));
            e.AutoAcknowledge = _messages.Count <= Acknowledge;
            foreach (var (_, reached) in _awaited.Where(a => _distinct.Count >= a.Count))
                reached.TrySetResult();
        }

        return Task.CompletedTask;
    }
}
