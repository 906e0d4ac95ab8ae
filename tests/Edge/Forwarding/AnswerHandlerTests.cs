using IotGateway.Edge.Buffer;
using IotGateway.Edge.Buffer.Batches;
using IotGateway.Edge.Clock;
using IotGateway.Edge.Forwarding.Answers;
using IotGateway.Edge.Forwarding.Cloud;
using IotGateway.Edge.Forwarding.Lanes;
using IotGateway.Edge.Settings;
using IotGateway.Edge.Tests.Buffer;
using IotGateway.Edge.Tests.Buffer.Disks;
using IotGateway.Hosting;
using IotGateway.Telemetry.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace IotGateway.Edge.Tests.Forwarding;

/// <summary>The cloud's answers while the gateway's own disk says no.</summary>
public sealed class AnswerHandlerTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FailingDisk _disk = new(new MemoryDisk(1));
    private readonly Counters _counters = new();
    private readonly BatchBuffer _buffer;
    private readonly Outbox _outbox;
    private readonly AnswerHandler _handler;

    public AnswerHandlerTests()
    {
        _buffer = Given.Buffer(_disk);
        _outbox = new Outbox(_buffer, Given.Cloud, 0.5, TimeSpan.FromSeconds(30), TimeProvider.System, _ => false);
        var clock = new GatewayClock(
            new ClockOptions(), new BootRegistry(Path.Combine(_folder.Path, "clock")),
            new LiveTuning(new ForwardingOptions().Tuning(new ThresholdOptions())),
            TimeProvider.System, NullLogger<GatewayClock>.Instance);
        _handler = new AnswerHandler(
            _buffer, _outbox, new DeadLetters(Letters), new ForwardingStatus(new ForwardingOptions(), TimeProvider.System), clock,
            _counters, NullLogger.Instance);
    }

    private string Letters => Path.Combine(_folder.Path, "dead-letters");

    public async ValueTask DisposeAsync()
    {
        _disk.Fault = DiskFault.None;
        await _buffer.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task ARefusedBatchThatCannotBeBuriedStaysAndTheOthersAreFreed()
    {
        await SendAsync();
        await SendAsync();
        Directory.Delete(Letters, recursive: true);

        await AnswerAsync(stored: [new SequenceRange(2, 2)], refused: [new Refusal(1, 1, "bad_record")]);

        Assert.Equal([1L], _buffer.ReadAll().Select(b => b.Sequence));
        Assert.Equal((0, 1L), (_outbox.Unanswered, _counters["dead_letters.not_kept"]));
        Directory.CreateDirectory(Letters);
        _outbox.Restart();
        Assert.Equal(1, _outbox.Next()!.Range.First);
        await AnswerAsync(stored: [], refused: [new Refusal(1, 1, "bad_record")]);
        Assert.Empty(_buffer.ReadAll());
        Assert.Single(Directory.GetFiles(Letters, "*.json"));
    }

    [Fact]
    public async Task StoredBatchesAreFreedThoughLossesCannotBeForgotten()
    {
        await SendAsync();
        _buffer.GiveUp(1, LossCause.Refused);
        await _buffer.FlushAsync();
        await SendAsync();
        var loss = Assert.Single(_buffer.Losses);
        _handler.Told(2, loss.Id);
        _disk.Fault = DiskFault.WriteFails;

        await AnswerAsync(stored: [new SequenceRange(2, 2)], refused: []);

        _disk.Fault = DiskFault.None;
        await _buffer.FlushAsync();
        Assert.Empty(_buffer.ReadAll());
        Assert.Empty(_buffer.Losses);
    }

    [Fact]
    public async Task AnAnswerBeforeThePubackFreesNothingUntilThen()
    {
        await SendAsync(acknowledged: false);
        await SendAsync(acknowledged: false);

        // Of an earlier run of an image that was put back: the message may still be lost with its connection.
        await AnswerAsync(stored: [new SequenceRange(1, 2)], refused: []);
        Assert.Equal(2, _buffer.ReadAll().Count);

        await _handler.AcknowledgedAsync("another", new SequenceRange(1, 2), CancellationToken.None);
        Assert.Equal(2, _buffer.ReadAll().Count);
        await AcknowledgedAsync(2);
        Assert.Equal([1L], _buffer.ReadAll().Select(b => b.Sequence));

        // It goes again on the next connection, where only a new word counts.
        _handler.Restart();
        _outbox.Restart();
        _outbox.Next();
        await AcknowledgedAsync(1);
        Assert.Equal([1L], _buffer.ReadAll().Select(b => b.Sequence));
        await AnswerAsync(stored: [new SequenceRange(1, 1)], refused: []);
        Assert.Empty(_buffer.ReadAll());
    }

    [Fact]
    public async Task AnAcknowledgementUnderTheOldStreamFreesNothingOfTheNew()
    {
        var stream = _buffer.StreamId;
        await SendAsync(acknowledged: false);
        await AnswerAsync(stored: [new SequenceRange(1, 9)], refused: []);
        Assert.NotEqual(stream, _buffer.StreamId);

        _outbox.Next();
        await AnswerAsync(stored: [new SequenceRange(1, 1)], refused: []);
        await _handler.AcknowledgedAsync(stream, new SequenceRange(1, 1), CancellationToken.None);
        Assert.Single(_buffer.ReadAll());
        await AcknowledgedAsync(1);
        Assert.Empty(_buffer.ReadAll());
    }

    private async Task SendAsync(bool acknowledged = true)
    {
        await _buffer.AppendAsync(Given.Payload(1, 100));
        var range = _outbox.Next()!.Range;
        if (acknowledged)
            await _handler.AcknowledgedAsync(_buffer.StreamId, range, CancellationToken.None);
    }

    private Task AcknowledgedAsync(long sequence) =>
        _handler.AcknowledgedAsync(_buffer.StreamId, new SequenceRange(sequence, sequence), CancellationToken.None);

    private Task AnswerAsync(SequenceRange[] stored, Refusal[] refused) =>
        _handler.TakeAsync(new StoredAnswer(_buffer.StreamId, 0, stored, refused), CancellationToken.None);
}
