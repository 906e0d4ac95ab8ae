using System.Buffers;
using System.Security.Cryptography.X509Certificates;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;
using IotGateway.Tests.Services;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace IotGateway.EndToEnd.Tests.Gateway;

/// <summary>A message as the consumer received it.</summary>
internal sealed record Arrival(Batch Batch, int Bytes, TimeSpan At);

/// <summary>The cloud's side of a foreign broker: keeps what comes, once, and answers as the test will have it.</summary>
internal sealed class Consumer(Mosquitto broker, TestAuthority authority) : IAsyncDisposable
{
    private readonly X509Certificate2 _certificate = authority.IssueClient("cloud");
    private readonly Lock _gate = new();
    private readonly List<Arrival> _arrivals = [];
    private readonly Dictionary<string, SequenceSet> _stored = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Device, long Time), double> _temperatures = [];
    private readonly long _start = TimeProvider.System.GetTimestamp();
    private IMqttClient? _client;

    /// <summary>Answers to a batch, given the sequences stored with it; by default, that it is stored.</summary>
    public Func<Batch, SequenceSet, IEnumerable<StoredAnswer>> Answer { get; set; } = Stored;

    /// <summary>True of a batch that this cloud cannot take; it then stores nothing of it.</summary>
    public Func<Batch, bool> Refuses { get; set; } = _ => false;

    public TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(_start);

    public IReadOnlyList<Arrival> Arrivals
    {
        get
        {
            lock (_gate)
                return [.. _arrivals];
        }
    }

    public Dictionary<(string Device, long Time), double> Temperatures
    {
        get
        {
            lock (_gate)
                return new(_temperatures);
        }
    }

    public static IEnumerable<StoredAnswer> Stored(Batch batch, SequenceSet stored) =>
        [new StoredAnswer(batch.Stream, stored.Contiguous, [new SequenceRange(batch.First, batch.Last)], [])];

    public static IEnumerable<StoredAnswer> Silence(Batch batch, SequenceSet stored) => [];

    public async Task ConnectAsync()
    {
        _client?.Dispose();
        _client = new MqttClientFactory().CreateMqttClient();
        _client.ApplicationMessageReceivedAsync += ReceiveAsync;
        await CloudClient.ConnectAsync(_client, broker, authority, _certificate);
    }

    public Task SayAsync(string gateway, StoredAnswer answer) =>
        _client!.PublishBinaryAsync(Topics.Stored(gateway), answer.ToJson(), MqttQualityOfServiceLevel.AtLeastOnce);

    /// <summary>Answers everything that has come, as stored.</summary>
    public async Task AnswerAllAsync()
    {
        foreach (var last in Arrivals.GroupBy(a => a.Batch.Stream, StringComparer.Ordinal).Select(g => g.Last().Batch))
            await SayAsync(
                last.Gateway, new StoredAnswer(last.Stream, _stored[last.Stream].Contiguous, [.. _stored[last.Stream].Ranges], []));
    }

    public ValueTask DisposeAsync()
    {
        _client?.Dispose();
        _certificate.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task ReceiveAsync(MqttApplicationMessageReceivedEventArgs e)
    {
        var message = e.ApplicationMessage.Payload.ToArray();
        var batch = Batch.Decode(message);
        StoredAnswer[] answers;
        lock (_gate)
        {
            _arrivals.Add(new Arrival(batch, message.Length, Elapsed));
            if (Refuses(batch))
            {
                answers = [new StoredAnswer(batch.Stream, 0, [], [new Refusal(batch.First, batch.Last, "bad_record")])];
            }
            else
            {
                if (!_stored.TryGetValue(batch.Stream, out var stored))
                    _stored.Add(batch.Stream, stored = new SequenceSet());
                stored.Add(batch.First, batch.Last);
                foreach (var reading in batch.Readings.Where(r => r.Metric == Metrics.HiveTemperature))
                    _temperatures.TryAdd((reading.Device.ToString(), reading.Time.ToUnixTimeSeconds()), reading.Value);
                answers = [.. Answer(batch, stored)];
            }
        }

        foreach (var answer in answers)
        {
            try
            {
                await SayAsync(batch.Gateway, answer);
            }
            catch (MQTTnet.Exceptions.MqttCommunicationException)
            {
                // The broker was killed: an answer that is lost.
            }
        }
    }
}
