using IotGateway.Edge.Buffer;
using IotGateway.Edge.Buffer.Batches;
using IotGateway.Edge.Tests.Buffer.Disks;
using Xunit;

namespace IotGateway.Edge.Tests.Buffer;

public sealed class PowerLossTests
{
    private const int CutsAFile = 10;

    /// <summary>
    /// Cuts the power at random operations of a random load, ten times over the same files, and holds the buffer to all it acknowledged.
    /// </summary>
    [Fact]
    public async Task NothingAcknowledgedIsLostToAPowerCut()
    {
        var files = Given.LongTests ? 30 : 12;
        var owed = 0;
        for (var file = 0; file < files; file++)
        {
            var obligations = new Obligations();
            var disk = new MemoryDisk(file);
            for (var cut = 0; cut < CutsAFile; cut++)
            {
                var seed = (file * 1000) + cut;
                await LoadUntilCutAsync(disk, obligations, seed);
                owed += obligations.Count;
                disk = disk.Restart(seed + 500);
                await using var buffer = Given.Buffer(disk, Given.Options(64 << 10));
                obligations.HoldTo(buffer);
            }
        }

        Assert.True(owed > files * CutsAFile, $"the load acknowledged too little ({owed}) to prove anything");
    }

    private static async Task LoadUntilCutAsync(MemoryDisk disk, Obligations obligations, int seed)
    {
        var random = new Random(seed);
        disk.OperationsLeft = random.Next(4, 120);
        BatchBuffer? buffer = null;
        try
        {
            buffer = Given.Buffer(disk, Given.Options(64 << 10));
            for (var round = 0; ; round++)
            {
                var appends = Enumerable.Range(0, random.Next(1, 6))
                    .Select(i => AppendAsync(buffer, obligations, (seed * 10_000L) + (round * 10) + i, random.Next(8, 9000)))
                    .ToList();
                if (random.Next(2) == 0
                    && buffer.Read(
                        Given.Cloud, random.Next(1, 1 + (int)buffer.Status.LastSequence + 1), random.Next(1, 20),
                        long.MaxValue) is { Count: > 0 } read)
                {
                    foreach (var batch in read)
                        obligations.Leaving(batch.Sequence);
                    await buffer.AcknowledgeAsync(read[0].Sequence, read[^1].Sequence);
                    await buffer.FlushAsync();
                    foreach (var batch in read)
                        obligations.Gone(batch.Sequence);
                }

                await Task.WhenAll(appends);
            }
        }
        catch (IOException)
        {
        }
        finally
        {
            disk.OperationsLeft = 0;
            if (buffer is not null)
                await buffer.DisposeAsync();
        }
    }

    private static async Task AppendAsync(BatchBuffer buffer, Obligations obligations, long id, int bytes)
    {
        obligations.Attempt(id);
        var kind = id % 9 == 0 ? BatchKind.Alarm : BatchKind.Ordinary;
        obligations.Acknowledged(
            await (id % 2 == 0
                ? buffer.AppendAsync(Given.Payload(id, bytes), kind)
                : buffer.AppendHereAsync(Given.Payload(id, bytes), kind)), id);
    }
}
