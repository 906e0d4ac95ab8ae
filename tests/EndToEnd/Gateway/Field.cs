using System.Buffers.Binary;
using System.Collections.Concurrent;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using IotGateway.Tests.Services;

namespace IotGateway.EndToEnd.Tests.Gateway;

/// <summary>Publishes hive nodes' frames to a network server's broker and remembers each reading that the broker has taken.</summary>
internal sealed class Field : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private int _frames;

    /// <summary>Device and Unix seconds of every frame that the broker acknowledged.</summary>
    public ConcurrentDictionary<(string Device, long Time), double> Sent { get; } = [];

    public static async Task<Field> ConnectAsync(Mosquitto broker)
    {
        var field = new Field();
        await field.ConnectAgainAsync(broker);
        return field;
    }

    public Task ConnectAgainAsync(Mosquitto broker) => _client.ConnectAsync(
        new MqttClientOptionsBuilder()
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithTcpServer("127.0.0.1", broker.Port)
            .WithClientId("field")
            .Build());

    /// <summary>Publishes frames, so many in flight; each completes with the broker's acknowledgement.</summary>
    public async Task PublishAsync(int frames, int nodes = 7, bool large = false, int inFlight = 50)
    {
        var publishing = new Queue<Task>();
        for (var i = 0; i < frames; i++)
        {
            if (publishing.Count >= inFlight)
                await publishing.Dequeue();
            publishing.Enqueue(PublishOneAsync(nodes, large));
        }

        await Task.WhenAll(publishing);
    }

    /// <summary>Publishes one frame; answers its device and time.</summary>
    public async Task<(string Device, long Time)> PublishOneAsync(int nodes = 7, bool large = false, double? value = null)
    {
        var frame = Interlocked.Increment(ref _frames);
        var eui = $"0004a30b0000{frame % nodes:x4}";
        var at = Start.AddSeconds(frame);
        var temperature = value ?? (frame % 4000) / 100.0;
        var json = $$"""
            {"deduplicationId":"{{frame}}","time":"{{at:O}}","deviceInfo":{"devEui":"{{eui}}"},"devAddr":"01ab{{frame % nodes:x4}}",
             "fCnt":{{frame}},"fPort":10,"data":"{{Payload(at, temperature, large)}}"}
            """;
        var result = await _client.PublishStringAsync($"application/1/device/{eui}/event/up", json, MqttQualityOfServiceLevel.AtLeastOnce);
        if (!result.IsSuccess)
            throw new InvalidOperationException($"The field's broker answered {result.ReasonCode}.");
        Sent[(eui, at.ToUnixTimeSeconds())] = temperature;
        return (eui, at.ToUnixTimeSeconds());
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Version 1 of firmware-sim/PAYLOAD.md: the temperature alone, or with the eight bands of sound and more.</summary>
    private static string Payload(DateTimeOffset at, double temperature, bool large)
    {
        var payload = new byte[large ? 7 + 2 + 2 + 1 + 8 + 4 + 2 : 7 + 2];
        payload[0] = 1;
        BinaryPrimitives.WriteUInt32BigEndian(payload.AsSpan(1), (uint)at.ToUnixTimeSeconds());
        BinaryPrimitives.WriteUInt16BigEndian(payload.AsSpan(5), (ushort)(large ? 0b1111_0000_0011 : 1));
        BinaryPrimitives.WriteInt16BigEndian(payload.AsSpan(7), (short)Math.Round(temperature * 100));
        if (large)
            new Random((int)at.ToUnixTimeSeconds()).NextBytes(payload.AsSpan(9));
        return Convert.ToBase64String(payload);
    }
}
