using IotGateway.Edge.Buffer;
using IotGateway.Edge.Buffer.Batches;
using IotGateway.Edge.Tests.Buffer.Disks;
using Xunit;

namespace IotGateway.Edge.Tests.Buffer.Pages;

/// <summary>The buffer's memory of its stream: its id, how far it was sent, what was given up.</summary>
public sealed class StreamTests
{
    [Fact]
    public async Task TheSentMarkOutlivesARestartAndNewStreamsBeginUnsent()
    {
        var disk = new MemoryDisk(1);
        string first;
        await using (var buffer = Given.Buffer(disk))
        {
            first = buffer.StreamId;
            await buffer.AppendAsync(Given.Payload(1, 100));
            buffer.NoteSent(1);
            Assert.Equal(1, buffer.SentThrough);
            await buffer.AppendAsync(Given.Payload(2, 100));
        }

        string second;
        await using (var buffer = Given.Buffer(disk))
        {
            Assert.Equal((first, 1), (buffer.StreamId, buffer.SentThrough));
            await buffer.BeginStreamAsync(CancellationToken.None);
            second = buffer.StreamId;
            Assert.NotEqual(first, second);
            Assert.Equal([1L, 2L], buffer.ReadAll().Select(b => b.Sequence));
        }

        await using var again = Given.Buffer(disk);
        Assert.Equal((second, 0), (again.StreamId, again.SentThrough));
        Assert.Equal(3, await again.AppendAsync(Given.Payload(3, 100)));
    }

    [Fact]
    public async Task ABatchGivenUpIsGoneAndItsGapOutlivesARestart()
    {
        var disk = new MemoryDisk(1);
        await using (var buffer = Given.Buffer(disk))
        {
            for (var i = 1; i <= 4; i++)
                await buffer.AppendAsync(Given.Payload(i, 100), readings: 10 * i);
            buffer.GiveUp(2, LossCause.Refused);
            buffer.GiveUp(2, LossCause.Refused);
            buffer.GiveUp(3, LossCause.Split);
            Assert.Equal([1L, 4L], buffer.ReadAll().Select(b => b.Sequence));
            await buffer.FlushAsync();
        }

        await using var again = Given.Buffer(disk);
        Assert.Equal([1L, 4L], again.ReadAll().Select(b => b.Sequence));
        Assert.Equal(
            [(2L, 2L, 20L, LossCause.Refused), (3L, 3L, 0L, LossCause.Split)],
            again.Losses.Select(l => (l.First, l.Last, l.Readings, l.Cause)).OrderBy(l => l.First));
        Assert.Equal(50, again.Status.Readings);
    }
}
