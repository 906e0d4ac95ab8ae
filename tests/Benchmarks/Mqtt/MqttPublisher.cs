using System.Buffers;
using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace IotGateway.Benchmarks.Mqtt;

/// <summary>A client that publishes batches of one reading at QoS 1, with a bound on those in flight.</summary>
internal sealed class MqttPublisher(IMqttClient client, string name, int inFlight) : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2021, 7, 1, 0, 0, 0, TimeSpan.Zero);
    /// <summary>Each reports every 15 minutes.</summary>
    private const int Nodes = 100;

    private long _next = 1;

    public static async Task<MqttPublisher> ConnectAsync(
        int port, string name, int inFlight, X509Certificate2 certificate, X509Certificate2 authority)
    {
        var client = new MqttClientFactory().CreateMqttClient();
        var options = new MqttClientOptionsBuilder()
            .WithTcpServer("127.0.0.1", port)
            .WithClientId(name)
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithCleanStart(true).WithTimeout(TimeSpan.FromSeconds(60))
            .WithTlsOptions(tls => tls
                .UseTls()
                .WithTrustChain([authority])
                .WithRevocationMode(X509RevocationMode.NoCheck)
                .WithClientCertificates([certificate])).Build();
        var connected = await client.ConnectAsync(options);
        if (connected.ResultCode != MqttClientConnectResultCode.Success)
            throw new InvalidOperationException(connected.ResultCode.ToString());
        return new MqttPublisher(client, name, inFlight);
    }

    /// <summary>Messages to publish, made beforehand.</summary>
    public byte[][] Prepare(int count)
    {
        var messages = new byte[count][];
        var pack = new ArrayBufferWriter<byte>();
        for (var i = 0; i < count; i++, _next++)
        {
            pack.ResetWrittenCount();
            var at = Start.AddMinutes(_next / Nodes * 15);
            Senml.Write(
                pack, [new Reading(DeviceId.Parse($"{name}-{_next % Nodes}"), Metrics.HiveTemperature, at, 34.5, "Cel", Quality.Good, at)]);
            messages[i] = Batch.Encode(name, "s1", new SequenceRange(_next, _next), at, "synchronised", [], [pack.WrittenMemory]);
        }

        return messages;
    }

    /// <summary>Publishes all; ends when all are acknowledged.</summary>
    public async Task PublishAsync(byte[][] messages)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(async _ =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < messages.Length;)
            {
                var result = await client.PublishBinaryAsync(Topics.Batch(name), messages[i], MqttQualityOfServiceLevel.AtLeastOnce);
                if (!result.IsSuccess)
                    throw new InvalidOperationException($"{name}: {result.ReasonCode}");
            }
        }));
    }

    /// <summary>Messages a second that several clients reach together.</summary>
    public static async Task<double> PerSecondAsync(IReadOnlyList<MqttPublisher> publishers, int messages)
    {
        var prepared = publishers.Select(p => p.Prepare(messages / publishers.Count)).ToArray();
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(publishers.Select((p, i) => p.PublishAsync(prepared[i])));
        return prepared.Sum(p => p.Length) / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public async ValueTask DisposeAsync()
    {
        await client.DisconnectAsync();
        client.Dispose();
    }
}
