using CsCheck;
using IotGateway.Edge.Buffer;
using IotGateway.Edge.Buffer.Batches;
using IotGateway.Edge.Tests.Buffer.Disks;
using IotGateway.Storage.Disks;
using IotGateway.Storage.Pages;
using Xunit;

namespace IotGateway.Edge.Tests.Buffer;

/// <summary>The reader past LiteDB: whatever LiteDB holds it finds by itself, else every read would quietly take the slow way.</summary>
public sealed class BatchReaderTests
{
    [Fact]
    public Task FindsEveryBatchThatIsHeldAndNoOther() =>
        Gen.Select(Gen.Int[1, 60], Gen.Int[0, 30_000], Gen.Int[0, 40], Gen.Int[0, 1000])
            .SampleAsync(c => CheckAsync(c.Item1, c.Item2, Math.Min(c.Item3, c.Item1), c.Item4), iter: 25);

    [Fact]
    public async Task AChangedPageIsReadAnewAfterCommitAndCheckpoint()
    {
        var disk = new MemoryDisk(1);
        await using var buffer = Given.Buffer(disk);
        for (var round = 0; round < 20; round++)
        {
            var sequence = await buffer.AppendAsync(Given.Payload(round, 20_000));
            Assert.Equal(round, Given.Id(Assert.Single(buffer.Read(Given.Cloud, 1, 10, 1 << 20)).Payload));
            await buffer.AcknowledgeAsync(sequence, sequence);
            await buffer.FlushAsync();
        }

        Assert.True(buffer.Status.Checkpoints > 0);
    }

    private static async Task CheckAsync(int appends, int bytes, int acknowledged, int seed)
    {
        var disk = new MemoryDisk(seed);
        var random = new Random(seed);
        var kinds = new List<BatchKind>();
        await using (var buffer = Given.Buffer(disk))
        {
            for (var i = 1; i <= appends; i++)
            {
                kinds.Add(random.Next(5) == 0 ? BatchKind.Alarm : BatchKind.Ordinary);
                await buffer.AppendAsync(Given.Payload(i, random.Next(bytes + 1)), kinds[^1]);
            }

            for (var i = 0; i < acknowledged; i++)
            {
                var sequence = random.Next(1, appends + 1);
                await buffer.AcknowledgeAsync(sequence, sequence);
            }

            await buffer.FlushAsync();
            for (var i = 1; i <= 3; i++)
            {
                kinds.Add(BatchKind.Ordinary);
                await buffer.AppendAsync(Given.Payload(appends + i, bytes));
            }
        }

        using var again = PageStore.Open(disk, "buffer", 256 << 10, new DiskCounters());
        using var store = new BatchStore(again);
        var index = store.Load()!;
        var readers = new[] { BatchKind.Ordinary, BatchKind.Alarm }.ToDictionary(
            k => k, k => new BatchReader(again.Reader, k, BatchDocuments.Collection(k)));
        foreach (var sequence in Enumerable.Range(1, kinds.Count).OrderBy(_ => random.Next(3)))
        {
            var kind = kinds[sequence - 1];
            var key = kind == BatchKind.Alarm ? sequence : index.Slots.Of(sequence);
            var found = key is null ? null : readers[kind].Find(key.Value, sequence);
            if (found is not null && !index.Holds(sequence))
                continue; // between batches that are held; its place is not free yet
            Assert.Equal(index.Holds(sequence), found is not null);
            if (found is not null)
                Assert.Equal(sequence, Given.Id(found.Payload));
        }
    }
}
