using System.Diagnostics;
using IotGateway.Edge.Buffer;
using IotGateway.Edge.Tests.Buffer.Disks;
using Xunit;

namespace IotGateway.Edge.Tests.Buffer;

public sealed class BacklogTests
{
    private const int ReadingsABatch = 1000;
    private const int BytesABatch = 20_000;

    [Fact]
    public async Task ALongBacklogOpensSoonAndIsReadInFlatMemory()
    {
        var batches = (Given.LongTests ? 10_000_000 : 1_000_000) / ReadingsABatch;
        using var folder = new TemporaryFolder();
        var options = Given.Options(20 << 20, 64L << 30, folder.Path);
        await using (var buffer = Given.Buffer(options))
            await Task.WhenAll(
                Enumerable.Range(0, batches).Select(i => buffer.AppendAsync(Given.Payload(i, BytesABatch), readings: ReadingsABatch)));

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var start = Stopwatch.GetTimestamp();
        await using var again = Given.Buffer(options);
        var opened = Stopwatch.GetElapsedTime(start);
        Assert.Equal(batches, again.Status.Batches);
        Assert.True(opened < TimeSpan.FromSeconds(2), $"opening took {opened}");

        var read = 0L;
        for (var next = 1L; again.Read(Given.Cloud, next, 64, 4 << 20) is { Count: > 0 } page; next = page[^1].Sequence + 1)
            read += page.Count;
        Assert.Equal(batches, read);
        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(grown < 64 << 20, $"memory grew by {grown >> 20} MiB over {batches * (long)BytesABatch >> 20} MiB of backlog");
    }
}
