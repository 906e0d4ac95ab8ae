using CsCheck;
using IotGateway.Edge.Buffer;
using IotGateway.Edge.Buffer.Batches;
using IotGateway.Edge.Buffer.Writing;
using IotGateway.Edge.Tests.Buffer.Disks;
using Xunit;

namespace IotGateway.Edge.Tests.Buffer;

public sealed class DiskPolicyTests
{
    private const int Batch = 16_000;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AFullBufferThinsTheOldestThenDropsAndCountsEveryReading(bool byReadings)
    {
        var options = Given.Options(256 << 10, maxBytes: 4 << 20);
        await using var buffer = Given.Buffer(new MemoryDisk(1), options, thin: byReadings ? Given.Thin : null);
        const int appended = 900;
        for (var i = 1; i <= appended; i++)
            await buffer.AppendAsync(Given.Payload(i, Batch), i % 100 == 0 ? BatchKind.Alarm : BatchKind.Ordinary, 64);

        var held = buffer.ReadAll();
        var status = buffer.Status;
        Assert.Equal(9, held.Count(b => b.Kind == BatchKind.Alarm && b.Readings == 64));
        Assert.Equal(appended * 64L, held.Sum(b => (long)b.Readings) + status.LossesByCause.Values.Sum());
        Assert.Equal(buffer.Losses.Sum(l => l.Readings), status.LossesByCause.Values.Sum());
        Assert.True(status.LossesByCause[LossCause.Thinned] > 0 && status.LossesByCause[LossCause.Dropped] > 0);
        Assert.True(status.Warning);
        Assert.True(status.FileBytes <= options.MaxBytes * 1.02, $"{status.FileBytes} bytes of files under a limit of {options.MaxBytes}");
        Assert.Equal(held.Sum(b => (long)b.Readings), status.Readings);
        Assert.Equal(held.Count, status.Batches);
        Assert.Equal(Enumerable.Range(appended - 20, 20).Select(i => (long)i + 1), held.TakeLast(20).Select(b => b.Sequence));

        // The older, the coarser.
        if (byReadings)
        {
            var readings = held.Where(b => b.Kind == BatchKind.Ordinary).Select(b => b.Readings).ToList();
            Assert.Equal(readings.Order(), readings);
            Assert.Equal(4, readings[0]);
        }
    }

    [Fact]
    public async Task LossesAreDurableWithTheRemovalAndForgottenOnRequest()
    {
        var disk = new MemoryDisk(1);
        var options = Given.Options(256 << 10, maxBytes: 2 << 20);
        long readings;
        await using (var buffer = Given.Buffer(disk, options))
        {
            for (var i = 1; i <= 300; i++)
                await buffer.AppendAsync(Given.Payload(i, Batch), readings: 10);
            readings = buffer.Status.Readings;
        }

        await using var again = Given.Buffer(disk.Restart(3), options);
        var losses = again.Losses;
        Assert.Equal(3000 - readings, losses.Sum(l => l.Readings));
        Assert.True(losses.Count <= 2, $"{losses.Count} records where nobody had read any");
        await again.ForgetLossesAsync(losses[^1].Id, CancellationToken.None);
        Assert.Empty(again.Losses);
        for (var i = 0; i < 40; i++)
            await again.AppendAsync(Given.Payload(i, Batch), readings: 10);
        Assert.All(again.Losses, l => Assert.True(l.Id > losses[^1].Id));
        Assert.Equal(3000 + 400, again.Status.Readings + again.Status.LossesByCause.Values.Sum());
    }

    [Fact]
    public async Task AShortDiskStopsTheGrowthBeforeTheReserveIsTouched()
    {
        var disk = new MemoryDisk(1);
        var options = Given.Options();
        options.ReserveFreeBytes = 1 << 20;
        await using var buffer = Given.Buffer(disk, options);
        for (var i = 1; i <= 200; i++)
            await buffer.AppendAsync(Given.Payload(i, Batch));
        disk.Free = 1 << 20;
        for (var i = 1; i <= 300; i++)
            await buffer.AppendAsync(Given.Payload(i, Batch));
        var size = buffer.Status.FileBytes;
        for (var i = 1; i <= 400; i++)
            await buffer.AppendAsync(Given.Payload(i, Batch));
        Assert.True(buffer.Status.FileBytes <= size * 1.05, $"the files grew from {size} to {buffer.Status.FileBytes} bytes");
        Assert.Equal(900, buffer.Status.Batches + buffer.Status.LossesByCause.Values.Sum());
    }

    [Fact]
    public async Task ABufferFullOfAlarmsRefusesOrdinaryDataByNameButTakesAlarms()
    {
        await using var buffer = Given.Buffer(new MemoryDisk(1), Given.Options(256 << 10, maxBytes: 1 << 20));
        for (var i = 1; i <= 80; i++)
            Assert.Equal(i, await buffer.AppendAsync(Given.Payload(i, Batch), BatchKind.Alarm));
        await Assert.ThrowsAsync<BufferFullException>(() => buffer.AppendAsync(Given.Payload(0, Batch)));
        Assert.Equal(81, await buffer.AppendAsync(Given.Payload(81, Batch), BatchKind.Alarm));
        Assert.Empty(buffer.Losses);
    }

    [Fact]
    public void ThinningAlwaysEndsGrowsCoarserWithAgeAndNeverGoesBack() =>
        Gen.Select(Gen.Int[1, 300], Gen.Int[1, 2000]).Sample((span, steps) =>
        {
            var through = new long[Thinning.Levels + 1];
            long first = 1, last = span;
            var level = new Dictionary<long, int>();
            for (var i = 0; i < steps; i++)
            {
                var step = Thinning.Next(first, last, through);
                Assert.InRange(step.Sequence, first, last);
                if (step.Drops)
                {
                    Assert.Equal(first, step.Sequence);
                    first++;
                    last++;
                    continue;
                }

                Assert.Equal(step.Level, level.GetValueOrDefault(step.Sequence) + 1);
                Assert.True(step.Sequence > through[step.Level]);
                level[step.Sequence] = step.Level;
                through[step.Level] = step.Sequence;
                Assert.True(step.Sequence < first + (span / 2) + 1);
                for (var s = first; s < last; s++)
                    Assert.True(level.GetValueOrDefault(s) >= level.GetValueOrDefault(s + 1), "a newer batch is coarser than an older one");
            }
        }, iter: 60);
}
