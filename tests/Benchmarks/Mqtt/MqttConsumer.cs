using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using IotGateway.Benchmarks.Measures;
using IotGateway.Edge.Buffer;
using IotGateway.Edge.Buffer.Batches;
using IotGateway.Edge.Decode;
using IotGateway.Edge.Pipeline;
using IotGateway.Edge.Sources.Contract;
using IotGateway.Edge.Sources.Mqtt;
using IotGateway.Tests.Services;
using MQTTnet;
using MQTTnet.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace IotGateway.Benchmarks.Mqtt;

/// <summary>
/// The edge's MQTT source as a client of mosquitto, in the intake's way: acknowledging when the buffer is durable, and at once.
/// </summary>
internal static class MqttConsumer
{
    private const string Topic = "bench/readings";

    public static async Task RunAsync(string folder, bool quick, List<Ratio> ratios)
    {
        await using var broker = Mosquitto.Plain(folder, maxInFlight: 1000);
        await broker.StartAsync();
        await using var buffer = BatchBuffer.Open(
            new BufferOptions { Directory = Path.Combine(folder, "consumer") }, ["cloud"], TimeProvider.System, NullLogger.Instance);
        var messages = quick ? 10_000 : 40_000;
        var (durable, atOnce) = (new List<double>(), new List<double>());
        for (var round = -1; round < (quick ? 5 : 9); round++)
        {
            var ours = await ConsumeAsync(broker, messages, waiting => DurableAsync(buffer, waiting));
            var peer = await ConsumeAsync(broker, messages, _ => Task.CompletedTask);
            if (round < 0)
                continue;
            durable.Add(ours);
            atOnce.Add(peer);
        }

        ratios.Add(new(
            "as a client of mosquitto, acknowledging after durable", Rounds.Median(durable), "the same client acknowledging at once",
            Rounds.Median(atOnce), "messages/s", 0.8));
    }

    /// <summary>Lets the messages wait at the broker, then takes them all.</summary>
    private static async Task<double> ConsumeAsync(Mosquitto broker, int messages, Func<IReadOnlyList<Observed>, Task> take)
    {
        var name = $"c{Guid.NewGuid():N}"[..20];
        var factory = new MqttClientFactory();
        using (var absent = factory.CreateMqttClient())
        {
            await absent.ConnectAsync(
                new MqttClientOptionsBuilder()
                    .WithTcpServer("127.0.0.1", broker.Port)
                    .WithClientId(name)
                    .WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500)
                    .WithCleanStart(false).WithSessionExpiryInterval(uint.MaxValue).Build());
            await absent.SubscribeAsync(Topic, MqttQualityOfServiceLevel.AtLeastOnce);
            await absent.DisconnectAsync();
        }

        using (var publisher = factory.CreateMqttClient())
        {
            await publisher.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", broker.Port).Build());
            var next = -1;
            await Task.WhenAll(Enumerable.Range(0, 200).Select(async _ =>
            {
                while (Interlocked.Increment(ref next) < messages)
                    await publisher.PublishBinaryAsync(Topic, new byte[150], MqttQualityOfServiceLevel.AtLeastOnce);
            }));
            await publisher.DisconnectAsync();
        }

        var channel = Channel.CreateBounded<Observed>(1024);
        using var source = new MqttSource(
            new MqttSourceOptions { Name = "bench", Port = broker.Port, Topic = Topic, ClientId = name },
            new Dialect("unread", Topic, (_, _) => new Unreadable("unread", "")), "gw", Path.GetTempPath(), channel.Writer,
            new SourceStates(TimeProvider.System),
            TimeProvider.System, NullLogger<MqttSource>.Instance);
        await source.StartAsync(CancellationToken.None);
        await channel.Reader.WaitToReadAsync();
        var start = Stopwatch.GetTimestamp();
        var waiting = new List<Observed>();
        var acknowledging = Task.CompletedTask;
        for (var done = 0; done < messages; done += waiting.Count)
        {
            await channel.Reader.WaitToReadAsync();
            waiting.Clear();
            while (waiting.Count < 1024 && channel.Reader.TryRead(out var message))
                waiting.Add(message);
            await take(waiting);
            await acknowledging;
            acknowledging = Intake.AcknowledgeAsync([.. waiting], CancellationToken.None);
        }

        await acknowledging;

        var rate = messages / Stopwatch.GetElapsedTime(start).TotalSeconds;
        await source.StopAsync(CancellationToken.None);
        return rate;
    }

    private static async Task DurableAsync(BatchBuffer buffer, IReadOnlyList<Observed> waiting)
    {
        var pack = new byte[waiting.Sum(m => m.Raw.Payload.Length)];
        var rest = pack.AsMemory();
        foreach (var message in waiting)
        {
            message.Raw.Payload.CopyTo(rest);
            rest = rest[message.Raw.Payload.Length..];
        }

        await buffer.AppendAsync(pack, waiting.Count, BatchKind.Ordinary, CancellationToken.None);
    }
}
