using IotGateway.Edge.Buffer;
using IotGateway.Edge.Buffer.Batches;
using IotGateway.Edge.Buffer.Writing;
using IotGateway.Edge.Tests.Buffer.Disks;
using Xunit;

namespace IotGateway.Edge.Tests.Buffer;

public sealed class DiskFaultTests
{
    [Theory]
    [InlineData(DiskFault.WriteFails, "")]
    [InlineData(DiskFault.SyncFails, ".log")]
    [InlineData(DiskFault.SyncFails, ".db")]
    [InlineData(DiskFault.SyncFails, "")]
    public async Task WhatAFailedWriteOrSyncLeftIsNeverBelieved(object fault, string only)
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var obligations = new Obligations();
            var disk = new FailingDisk(new MemoryDisk(seed)) { Only = only };
            await using (var buffer = Given.Buffer(disk, Given.Options(64 << 10)))
            {
                for (var i = 0; i < 8 + (seed * 5); i++)
                {
                    disk.Fault = i / 7 % 2 == 1 ? (DiskFault)fault : DiskFault.None;
                    try
                    {
                        obligations.Acknowledged(
                            await (i % 2 == 0
                                ? buffer.AppendAsync(Given.Payload(i, 5000))
                                : buffer.AppendHereAsync(Given.Payload(i, 5000))), i);
                    }
                    catch (BufferWriteException)
                    {
                        Assert.NotEqual(DiskFault.None, disk.Fault);
                    }
                }

                disk.Fault = DiskFault.None;
                obligations.Acknowledged(await buffer.AppendAsync(Given.Payload(999, 100)), 999);
                obligations.HoldTo(buffer);
            }

            // A cut afterwards shows what the failed syncs never brought to the plate.
            await using var after = Given.Buffer(disk.Plate.Restart(seed), Given.Options(64 << 10));
            obligations.HoldTo(after);
        }
    }

    [Fact]
    public async Task AppendsOfAFailedCommitGetNoSequence()
    {
        var disk = new FailingDisk(new MemoryDisk(1));
        await using var buffer = Given.Buffer(disk);
        Assert.Equal(1, await buffer.AppendAsync(Given.Payload(1, 100)));
        disk.Fault = DiskFault.SyncFails;
        await Assert.ThrowsAsync<BufferWriteException>(() => buffer.AppendAsync(Given.Payload(2, 100)));
        await Assert.ThrowsAsync<BufferWriteException>(() => buffer.AppendHereAsync(Given.Payload(3, 100)));
        Assert.False(buffer.Status.Writable);
        disk.Fault = DiskFault.None;
        Assert.Equal(2, await buffer.AppendAsync(Given.Payload(4, 100)));
        Assert.True(buffer.Status.Writable);
        Assert.Equal([1L, 4], buffer.ReadAll().Select(b => Given.Id(b.Payload)));
    }

    [Fact]
    public async Task AcknowledgementsOutliveAFailedCommit()
    {
        var disk = new FailingDisk(new MemoryDisk(1));
        await using var buffer = Given.Buffer(disk);
        for (var i = 1; i <= 5; i++)
            await buffer.AppendAsync(Given.Payload(i, 100));
        disk.Fault = DiskFault.SyncFails;
        await buffer.AcknowledgeAsync(1, 3);
        await Assert.ThrowsAsync<BufferWriteException>(buffer.FlushAsync);
        disk.Fault = DiskFault.None;
        await buffer.FlushAsync();
        Assert.Equal([4L, 5], buffer.ReadAll().Select(b => b.Sequence));
        Assert.Equal(2, buffer.Status.Batches);
    }

    [Fact]
    public async Task AFullDiskMakesRoomFromTheOldestAndGoesOn()
    {
        var disk = new FailingDisk(new MemoryDisk(1));
        await using var buffer = Given.Buffer(disk);
        for (var i = 1; i <= 200; i++)
            await buffer.AppendAsync(Given.Payload(i, 20_000), i == 5 ? BatchKind.Alarm : BatchKind.Ordinary);
        disk.Fault = DiskFault.Full;
        for (var i = 201; i <= 400; i++)
            Assert.Equal(i, await buffer.AppendAsync(Given.Payload(i, 20_000)));
        var all = buffer.ReadAll();
        Assert.Contains(all, b => b.Sequence == 5 && b.Kind == BatchKind.Alarm);
        Assert.Equal(400, all[^1].Sequence);
        Assert.Equal(400, all.Count + buffer.Losses.Sum(l => l.Readings));
        disk.Fault = DiskFault.None;
        Assert.Equal(401, await buffer.AppendAsync(Given.Payload(401, 20_000)));
    }

    [Fact]
    public async Task ADiskFullOfAlarmsRefusesUntilSpaceReturns()
    {
        var disk = new FailingDisk(new MemoryDisk(1));
        await using var buffer = Given.Buffer(disk);
        var stored = 0;
        for (; stored < 100; stored++)
            await buffer.AppendAsync(Given.Payload(stored + 1, 20_000), BatchKind.Alarm);
        disk.Fault = DiskFault.Full;
        var refused = 0;
        while (refused == 0)
        {
            try
            {
                await buffer.AppendAsync(Given.Payload(++stored, 20_000), BatchKind.Alarm);
            }
            catch (BufferFullException)
            {
                refused++;
                stored--;
            }
        }

        Assert.Equal(stored, buffer.ReadAll().Count);
        disk.Fault = DiskFault.None;
        Assert.Equal(stored + 1, await buffer.AppendAsync(Given.Payload(0, 20_000)));
        Assert.Empty(buffer.Losses);
    }
}
