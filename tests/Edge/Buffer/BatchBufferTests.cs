using IotGateway.Edge.Buffer;
using IotGateway.Edge.Buffer.Batches;
using IotGateway.Edge.Tests.Buffer.Disks;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace IotGateway.Edge.Tests.Buffer;

public sealed class BatchBufferTests
{
    [Fact]
    public async Task AppendsTakeSequencesFromOneInTheOrderOfTheCalls()
    {
        await using var buffer = Given.Buffer(new MemoryDisk(1));
        var appends = Enumerable.Range(1, 500).Select(i => buffer.AppendAsync(Given.Payload(i, 300))).ToList();
        Assert.Equal(Enumerable.Range(1, 500).Select(i => (long)i), await Task.WhenAll(appends));
        Assert.Equal(Enumerable.Range(1, 500).Select(i => (long)i), buffer.ReadAll().Select(b => Given.Id(b.Payload)));
    }

    [Fact]
    public async Task ReadHonoursItsLimitsButAnswersAtLeastOne()
    {
        await using var buffer = Given.Buffer(new MemoryDisk(1));
        for (var i = 1; i <= 10; i++)
            await buffer.AppendAsync(Given.Payload(i, 1000));
        Assert.Equal([3L, 4, 5], buffer.Read(Given.Cloud, 3, 3, long.MaxValue).Select(b => b.Sequence));
        Assert.Equal([1L, 2], buffer.Read(Given.Cloud, 1, 10, 2500).Select(b => b.Sequence));
        Assert.Single(buffer.Read(Given.Cloud, 1, 10, 1));
        Assert.Empty(buffer.Read(Given.Cloud, 11, 10, 1));
    }

    [Fact]
    public async Task ReadByKindPassesOverTheOther()
    {
        await using var buffer = Given.Buffer(new MemoryDisk(1));
        for (var i = 1; i <= 12; i++)
            await buffer.AppendAsync(Given.Payload(i, 100), i % 4 == 0 ? BatchKind.Alarm : BatchKind.Ordinary);
        Assert.Equal([4L, 8, 12], buffer.ReadAll(kind: BatchKind.Alarm).Select(b => b.Sequence));
        Assert.Equal([1L, 2, 3, 5, 6, 7, 9, 10, 11], buffer.ReadAll(kind: BatchKind.Ordinary).Select(b => b.Sequence));
        await buffer.AcknowledgeAsync(1, 8);
        Assert.Equal([12L], buffer.ReadAll(kind: BatchKind.Alarm).Select(b => b.Sequence));
    }

    [Fact]
    public async Task AcknowledgementsMayComeOutOfOrderAndOverlap()
    {
        var disk = new MemoryDisk(1);
        await using (var buffer = Given.Buffer(disk))
        {
            for (var i = 1; i <= 20; i++)
                await buffer.AppendAsync(Given.Payload(i, 500));
            await buffer.AcknowledgeAsync(15, 20);
            await buffer.AcknowledgeAsync(3, 5);
            await buffer.AcknowledgeAsync(4, 8);
            await buffer.FlushAsync();
            Assert.Equal([1L, 2, 9, 10, 11, 12, 13, 14], buffer.ReadAll().Select(b => b.Sequence));
            Assert.Equal(8, buffer.Status.Batches);
        }

        await using var again = Given.Buffer(disk.Restart(2));
        Assert.Equal([1L, 2, 9, 10, 11, 12, 13, 14], again.ReadAll().Select(b => b.Sequence));
        Assert.Equal(8, again.Status.Batches);
        Assert.Equal(21, await again.AppendAsync(Given.Payload(21, 10)));
    }

    [Fact]
    public async Task ABatchGoesWhenEveryDestinationHasIt()
    {
        await using var buffer = Given.Buffer(new MemoryDisk(1), destinations: [Given.Cloud, Given.Archive]);
        for (var i = 1; i <= 6; i++)
            await buffer.AppendAsync(Given.Payload(i, 500));
        await buffer.AcknowledgeAsync(1, 4);
        await buffer.AcknowledgeAsync(3, 6, Given.Archive);
        await buffer.FlushAsync();
        Assert.Equal([5L, 6], buffer.ReadAll().Select(b => b.Sequence));
        Assert.Equal([1L, 2], buffer.ReadAll(Given.Archive).Select(b => b.Sequence));
        Assert.Equal(4, buffer.Status.Batches);
        Assert.Equal(2, buffer.Status.PendingByDestination[Given.Archive]);
    }

    [Fact]
    public async Task AnDestinationThatIsGoneHoldsNothingBackAndANewOneBeginsWithWhatIsHeld()
    {
        var disk = new MemoryDisk(1);
        await using (var buffer = Given.Buffer(disk, destinations: [Given.Cloud, "old"]))
        {
            for (var i = 1; i <= 300; i++)
                await buffer.AppendAsync(Given.Payload(i, 200));
            await buffer.AcknowledgeAsync(1, 290);
        }

        await using var after = Given.Buffer(disk, destinations: [Given.Cloud, Given.Archive]);
        Assert.Equal(10, after.ReadAll().Count);
        // What the old destination alone was waiting for is held until the new one, too, has passed it.
        Assert.Equal(300, after.ReadAll(Given.Archive).Count);
        await after.AcknowledgeAsync(1, 295, Given.Archive);
        await after.FlushAsync();
        Assert.Equal(10, after.Status.Batches);
    }

    [Fact]
    public async Task AnAcknowledgementOfWhatIsNotThereYetIsIgnored()
    {
        await using var buffer = Given.Buffer(new MemoryDisk(1));
        await buffer.AppendAsync(Given.Payload(1, 10));
        await buffer.AcknowledgeAsync(1, 1000);
        await buffer.AppendAsync(Given.Payload(2, 10));
        Assert.Equal(2, Assert.Single(buffer.ReadAll()).Sequence);
    }

    [Fact]
    public async Task AcknowledgementsShareTheNextAppendsCommit()
    {
        var time = new FakeTimeProvider();
        await using var buffer = BatchBuffer.Open(new MemoryDisk(1), Given.Options(20 << 20), [Given.Cloud], time, NullLogger.Instance);
        for (var i = 1; i <= 10; i++)
            await buffer.AppendAsync(Given.Payload(i, 500));
        var before = buffer.Status;
        await buffer.AcknowledgeAsync(1, 5);
        Assert.Equal(before.Syncs, buffer.Status.Syncs);
        await buffer.AppendAsync(Given.Payload(11, 500));
        Assert.Equal(before.Syncs + 1, buffer.Status.Syncs);
        Assert.Equal(6, buffer.Status.Batches);

        // With nothing to share it goes on its own, a moment later.
        await buffer.AcknowledgeAsync(6, 7);
        time.Advance(TimeSpan.FromSeconds(1));
        await buffer.FlushAsync();
        Assert.Equal(4, buffer.Status.Batches);
    }

    [Fact]
    public async Task EachCommitBetweenCheckpointsIsOneSync()
    {
        var disk = new MemoryDisk(1);
        await using var buffer = Given.Buffer(disk, Given.Options(64 << 20));
        await buffer.AppendAsync(Given.Payload(0, 100));
        var (before, syncs) = (buffer.Status, disk.Syncs);
        for (var i = 1; i <= 200; i++)
        {
            await buffer.AppendAsync(Given.Payload(i, 38_400), readings: 256);
            if (i % 3 == 0)
                await buffer.AcknowledgeAsync(i - 2, i);
        }

        await buffer.FlushAsync();
        var after = buffer.Status;
        Assert.Equal(0, after.Checkpoints);
        Assert.True(after.Commits - before.Commits is >= 200 and <= 215);
        Assert.Equal(after.Commits - before.Commits, disk.Syncs - syncs);
        Assert.Equal(disk.Syncs - syncs, after.Syncs - before.Syncs);
    }

    [Fact]
    public async Task AppendsThatQueueDuringASyncShareTheNextOne()
    {
        await using var buffer = Given.Buffer(new MemoryDisk(1), Given.Options(64 << 20));
        await Task.WhenAll(Enumerable.Range(0, 2000).Select(i => buffer.AppendAsync(Given.Payload(i, 150))));
        Assert.True(buffer.Status.Commits < 400, $"{buffer.Status.Commits} commits for 2,000 appends at once");
    }

    [Fact]
    public async Task AppendHereIsDurableOnReturnAndQueuedOnesShareASync()
    {
        var disk = new SyncGate(new MemoryDisk(1));
        await using var buffer = Given.Buffer(disk, Given.Options(64 << 20));

        // The writer's own thread may have the turn for a moment, as when it begins; what is queued then it does.
        var first = buffer.AppendHereAsync(Given.Payload(1, 100));
        for (var tries = 0; tries < 100 && !first.IsCompleted; tries++)
        {
            await first;
            first = buffer.AppendHereAsync(Given.Payload(1, 100));
        }

        Assert.True(first.IsCompletedSuccessfully, "nobody else was writing, and yet the append is still to be done");
        var last = await first;

        disk.Close();
        var commits = buffer.Status.Commits;
        var second = Task.Run(() => buffer.AppendHereAsync(Given.Payload(2, 100)));
        await disk.Reached;
        var queued = Enumerable.Range(3, 20)
            .Select(i => i % 2 == 0 ? buffer.AppendAsync(Given.Payload(i, 100)) : buffer.AppendHereAsync(Given.Payload(i, 100)))
            .ToList();
        Assert.DoesNotContain(queued, q => q.IsCompleted);
        disk.Open();
        Assert.Equal(last + 1, await second);
        Assert.Equal(Enumerable.Range(2, 20).Select(i => last + i), await Task.WhenAll(queued));
        Assert.InRange(buffer.Status.Commits - commits, 2, 3);
    }

    [Fact]
    public async Task WaitForAppendCompletesWhenASequenceIsDurable()
    {
        await using var buffer = Given.Buffer(new MemoryDisk(1));
        var waits = buffer.WaitForAppendAsync(1, CancellationToken.None);
        await buffer.AppendAsync(Given.Payload(1, 10));
        Assert.False(waits.IsCompleted);
        await buffer.AppendAsync(Given.Payload(2, 10));
        await waits;
        await buffer.WaitForAppendAsync(1, CancellationToken.None);
        using var cancel = new CancellationTokenSource();
        var cancelled = buffer.WaitForAppendAsync(2, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
    }

    [Fact]
    public async Task ReopeningFindsTheSame()
    {
        var disk = new MemoryDisk(1);
        BufferStatus before;
        string stream;
        await using (var buffer = Given.Buffer(disk))
        {
            for (var i = 1; i <= 400; i++)
                await buffer.AppendAsync(Given.Payload(i, 2000), i % 50 == 0 ? BatchKind.Alarm : BatchKind.Ordinary, i);
            await buffer.AcknowledgeAsync(1, 37);
            await buffer.FlushAsync();
            (before, stream) = (buffer.Status, buffer.StreamId);
        }

        await using var again = Given.Buffer(disk);
        var after = again.Status;
        Assert.Equal(stream, again.StreamId);
        Assert.Equal((before.Batches, before.Readings, before.Bytes, before.FirstSequence, before.LastSequence, before.OldestAppendedAt),
            (after.Batches, after.Readings, after.Bytes, after.FirstSequence, after.LastSequence, after.OldestAppendedAt));
        Assert.Equal(Enumerable.Range(38, 363).Select(i => (long)i), again.ReadAll().Select(b => Given.Id(b.Payload)));
        Assert.Equal(8, again.ReadAll(kind: BatchKind.Alarm).Count);
    }

    [Fact]
    public async Task ClosingMakesWhatWaitsDurable()
    {
        var disk = new MemoryDisk(1);
        var buffer = Given.Buffer(disk);
        var appends = Enumerable.Range(1, 100).Select(i => buffer.AppendAsync(Given.Payload(i, 100))).ToList();
        await Task.WhenAll(appends);
        await buffer.AcknowledgeAsync(1, 50);
        await buffer.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => buffer.AppendAsync(Given.Payload(101, 100)));
        await using var again = Given.Buffer(disk.Restart(7));
        Assert.Equal(51, again.ReadAll()[0].Sequence);
    }

    [Fact]
    public async Task FreedSpaceIsUsedAgain()
    {
        await using var buffer = Given.Buffer(new MemoryDisk(1), Given.Options(1 << 20));
        var sizes = new List<long>();
        for (var round = 0; round < 4; round++)
        {
            for (var i = 0; i < 500; i++)
                await buffer.AppendAsync(Given.Payload(i, 20_000));
            sizes.Add(buffer.Status.FileBytes);
            await buffer.AcknowledgeAsync(1, buffer.Status.LastSequence);
            await buffer.FlushAsync();
            Assert.Equal(0, buffer.Status.Batches);
        }

        Assert.True(sizes[3] <= sizes[0] * 1.1, $"the file grew from {sizes[0]} to {sizes[3]} bytes over four fills and drains");
    }

    [Fact]
    public async Task ACancelledAppendIsStoredWholeOrNotAtAll()
    {
        await using var buffer = Given.Buffer(new MemoryDisk(1));
        var kept = new List<long>();
        for (var i = 0; i < 200; i++)
        {
            using var cancel = new CancellationTokenSource();
            var append = buffer.AppendAsync(Given.Payload(i, 50), 1, BatchKind.Ordinary, cancel.Token);
            await cancel.CancelAsync();
            try
            {
                await append;
                kept.Add(i);
            }
            catch (OperationCanceledException)
            {
            }
        }

        Assert.Equal(kept, buffer.ReadAll().Select(b => Given.Id(b.Payload)));
    }
}
