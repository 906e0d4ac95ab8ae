using CsCheck;
using IotGateway.Edge.Buffer;
using IotGateway.Edge.Buffer.Batches;
using IotGateway.Edge.Tests.Buffer.Disks;
using Xunit;

namespace IotGateway.Edge.Tests.Buffer;

public sealed class SalvageTests
{
    private const string Data = "buffer.db";
    private const string Log = "buffer.log";
    private const int Batches = 300;

    [Fact]
    public async Task AZeroedHeaderCostsNothingThatCanStillBeRead()
    {
        var disk = await FilledAsync();
        Damage(disk, Data, bytes => bytes.AsSpan(0, 8192).Clear());
        await using var buffer = Given.Buffer(disk);
        Assert.Equal(Batches - 20, buffer.ReadAll().Count);
        Assert.Equal(1, buffer.Status.DamagedFiles);
        await TakesMoreAsync(buffer);
    }

    [Fact]
    public async Task ATruncatedFileLosesItsEndAndSaysSo()
    {
        var disk = await FilledAsync();
        Damage(disk, Data, bytes => bytes[..(bytes.Length / 2)]);
        await using var buffer = Given.Buffer(disk);
        AccountsForAll(buffer);
        Assert.InRange(buffer.Status.Batches, 50, Batches - 21);
        await TakesMoreAsync(buffer);
    }

    [Theory]
    [InlineData(Data)]
    [InlineData(Log)]
    public async Task AFileOfRubbishIsSetAsideAndReported(string name)
    {
        var disk = await FilledAsync();
        Damage(disk, name, bytes => new Random(1).NextBytes(bytes));
        await using var buffer = Given.Buffer(disk);
        Assert.Contains(buffer.Losses, l => l.Cause == LossCause.Damaged);
        Assert.Equal(1, buffer.Status.DamagedFiles);
        await TakesMoreAsync(buffer);
    }

    [Fact]
    public async Task AMissingLogOrDataFileIsReported()
    {
        foreach (var name in new[] { Data, Log })
        {
            var disk = await FilledAsync();
            disk.Delete(name);
            await using var buffer = Given.Buffer(disk);
            Assert.Contains(buffer.Losses, l => l.Cause == LossCause.Damaged);
            await TakesMoreAsync(buffer);
        }
    }

    [Fact]
    public async Task FlippedBytesAnywhereAreFoundAndCountedAndNothingWrongIsRead()
    {
        await Gen.Int[0, 1 << 20].SampleAsync(async seed =>
        {
            var random = new Random(seed);
            var disk = await FilledAsync();
            var name = random.Next(2) == 0 ? Data : Log;
            Damage(disk, name, bytes =>
            {
                for (var i = random.Next(1, 30); i > 0; i--)
                    bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            });
            await using var buffer = Given.Buffer(disk);
            foreach (var batch in buffer.ReadAll())
                Assert.Equal(Given.Payload(batch.Sequence, 2000), batch.Payload.ToArray());
            await TakesMoreAsync(buffer);
            AccountsForAll(buffer);
        }, iter: 20, threads: 1);
    }

    [Fact]
    public async Task DamageFoundWhileRunningIsSalvagedWithoutARestartAndKeepsSequences()
    {
        var disk = await FilledAsync();
        await using var buffer = Given.Buffer(disk);
        var stream = buffer.StreamId;
        disk.FlipInPlace(Data, (40 * 8192) + 500);
        buffer.ReadAll();
        await TakesMoreAsync(buffer);
        foreach (var batch in buffer.ReadAll().Where(b => b.Sequence <= Batches))
            Assert.Equal(Given.Payload(batch.Sequence, 2000), batch.Payload.ToArray());
        Assert.NotEqual(stream, buffer.StreamId);
        Assert.Equal(1, buffer.Status.DamagedFiles);
        AccountsForAll(buffer);
    }

    [Fact]
    public async Task APowerCutDuringTheSalvageLosesNothingMore()
    {
        for (var cut = 1; cut < 60; cut += 3)
        {
            var disk = await FilledAsync();
            Damage(disk, Data, bytes => bytes.AsSpan(0, 8192).Clear());
            disk.OperationsLeft = cut;
            try
            {
                await using var _ = Given.Buffer(disk);
            }
            catch (IOException)
            {
            }

            await using var buffer = Given.Buffer(disk.Restart(cut));
            Assert.Equal(Batches - 20, buffer.ReadAll().Count);
        }
    }

    private static async Task<MemoryDisk> FilledAsync()
    {
        var disk = new MemoryDisk(5);
        await using var buffer = Given.Buffer(disk, Given.Options(128 << 10));
        for (var i = 1; i <= Batches; i += 10)
            await Task.WhenAll(
                Enumerable.Range(i, 10)
                    .Select(n => buffer.AppendAsync(Given.Payload(n, 2000), n % 30 == 0 ? BatchKind.Alarm : BatchKind.Ordinary, 10)));
        await buffer.AcknowledgeAsync(1, 20);
        return disk;
    }

    private static void Damage(MemoryDisk disk, string name, Action<byte[]> damage) => Damage(disk, name, bytes =>
    {
        damage(bytes);
        return bytes;
    });

    private static void Damage(MemoryDisk disk, string name, Func<byte[], byte[]> damage) => disk.Replace(name, damage(disk.Bytes(name)));

    private static async Task TakesMoreAsync(BatchBuffer buffer)
    {
        var sequence = await buffer.AppendAsync(Given.Payload(7, 100), readings: 10);
        Assert.Equal(7, Given.Id(buffer.Read(Given.Cloud, sequence, 1, 1)[0].Payload));
    }

    /// <summary>Every sequence is held, was acknowledged, or lies within a loss.</summary>
    private static void AccountsForAll(BatchBuffer buffer)
    {
        var held = buffer.ReadAll().Select(b => b.Sequence).ToHashSet();
        var losses = buffer.Losses;
        for (var sequence = 21L; sequence <= buffer.Status.LastSequence; sequence++)
            Assert.True(
                held.Contains(sequence) || losses.Any(l => l.First <= sequence && sequence <= l.Last),
                $"sequence {sequence} is neither held nor reported");
    }
}
