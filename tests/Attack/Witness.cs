using System.Buffers;
using System.Diagnostics;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Attack.Tests;

/// <summary>
/// The gateway that does nothing wrong: it sends a reading, waits until the cloud's API shows it, and sends the next.
/// </summary>
internal sealed class Witness : IAsyncDisposable
{
    private readonly AttackedCloud _cloud;
    private readonly Sender _sender;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _sending;
    private readonly List<TimeSpan> _latencies = [];
    private readonly List<long> _sent = [];
    private long _sequence;
    private volatile bool _isAway = true;

    public Witness(AttackedCloud cloud, string name)
    {
        (_cloud, _sender) = (cloud, new Sender(cloud, name));
        _sending = SendAsync();
    }

    /// <summary>Time from sending a reading to seeing it, of each; without those during which the cloud was away.</summary>
    public IReadOnlyList<TimeSpan> Latencies => _latencies;

    /// <summary>Times of the readings that were acknowledged, in milliseconds since 1970.</summary>
    public IReadOnlyList<long> Sent => _sent;

    public DateTimeOffset Began { get; } = TimeProvider.System.GetUtcNow();

    /// <summary>Says that the cloud is not to be reached, or is again: what takes long meanwhile says nothing. It begins so.</summary>
    public void Away(bool away) => _isAway = away;

    /// <summary>Ends after the reading under way.</summary>
    public async Task EndAsync()
    {
        await _stop.CancelAsync();
        await _sending;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _sending;
        }
        catch (Exception)
        {
            // The test has failed for a reason of its own.
        }

        _sender.Dispose();
        _stop.Dispose();
    }

    private async Task SendAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var wasAway = _isAway;
            var clock = Stopwatch.StartNew();
            var time = Reading.ToMilliseconds(TimeProvider.System.GetUtcNow());
            await _sender.PublishAsync(Message(time), CancellationToken.None);
            _sent.Add(time.ToUnixTimeMilliseconds());
            while (await _cloud.WitnessedAsync(time) is not { } seen || !seen.Contains(time.ToUnixTimeMilliseconds()))
                await Task.Delay(20, CancellationToken.None);
            if (!wasAway && !_isAway)
                _latencies.Add(clock.Elapsed);
            await Task.Delay(50, CancellationToken.None);
        }
    }

    private byte[] Message(DateTimeOffset time)
    {
        var pack = new ArrayBufferWriter<byte>();
        Senml.Write(pack, [new(DeviceId.Parse(AttackedCloud.Device), Metrics.HiveTemperature, time, 34.5, "Cel", Quality.Good, time)]);
        var sequence = ++_sequence;
        return Batch.Encode(
            _sender.Name, "w1", new SequenceRange(sequence, sequence), time, "synchronised", [], [pack.WrittenMemory]);
    }
}
