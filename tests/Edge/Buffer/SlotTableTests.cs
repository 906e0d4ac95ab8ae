using CsCheck;
using IotGateway.Edge.Buffer;
using IotGateway.Edge.Buffer.Batches;
using IotGateway.Edge.Tests.Buffer.Disks;
using Xunit;

namespace IotGateway.Edge.Tests.Buffer;

public sealed class SlotTableTests
{
    private const int Batch = 16_000;

    [Fact]
    public void NoTwoBatchesThatAreHeldShareAPlaceAndRunsStayFew() =>
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[50, 1500]).Sample((seed, steps) =>
        {
            var random = new Random(seed);
            var slots = new SlotTable([], 0);
            var held = new SortedDictionary<long, long>();
            var last = 0L;
            for (var step = 0; step < steps; step++)
            {
                // Skips are alarms, which lie elsewhere; some are long.
                last += random.Next(20) == 0 ? random.Next(1, 200) : 1;
                var slot = slots.Take(last);
                Assert.DoesNotContain(slot, held.Values);
                held.Add(last, slot);
                while (held.Count > 0 && random.Next(5) < 2)
                    held.Remove(random.Next(3) == 0 ? held.Keys.ElementAt(random.Next(held.Count)) : held.Keys.First());
                if (random.Next(4) == 0)
                    slots.Release(from => held.Keys.FirstOrDefault(s => s >= from) is var next and > 0 ? next : null);
                if (random.Next(50) == 0)
                    slots = new SlotTable(slots.Runs, slots.Top);
                Assert.All(held, h => Assert.Equal(h.Value, slots.Of(h.Key)));
                Assert.InRange(slots.Runs.Count, 0, 70);
            }

            // A full slot is free; one that is free and not known to be empty is found.
            var full = new HashSet<long>();
            for (var next = slots.NextFull(1); next is { } slot; next = slots.NextFull(slot + 1))
                full.Add(slot);
            Assert.Empty(full.Intersect(held.Values));
            Assert.DoesNotContain(full, p => slots.Runs.Any(r => p >= r.Slot && p <= r.LastSlot));
        }, iter: 200);

    [Fact]
    public async Task WhatFreePlacesHoldMakesRoomBeforeAnyBatchDoes()
    {
        var options = Given.Options(256 << 10, maxBytes: 4 << 20);
        await using var buffer = Given.Buffer(new MemoryDisk(1), options);
        for (var i = 1; i <= 60; i++)
            await buffer.AppendAsync(Given.Payload(i, 3 * Batch));
        await buffer.AcknowledgeAsync(1, 60);
        await buffer.FlushAsync();

        // Far smaller than what lies at the slots they take, and then far larger.
        for (var i = 61; i <= 500; i++)
            await buffer.AppendAsync(Given.Payload(i, 1000), i % 50 == 0 ? BatchKind.Alarm : BatchKind.Ordinary);
        await buffer.AcknowledgeAsync(61, 500);
        await buffer.FlushAsync();
        for (var i = 501; i <= 530; i++)
            await buffer.AppendAsync(Given.Payload(i, 6 * Batch));
        Assert.Empty(buffer.Losses);
        Assert.Equal(30, buffer.Status.Batches);
        Assert.True(
            buffer.Status.FileBytes <= options.MaxBytes * 1.02,
            $"{buffer.Status.FileBytes} bytes of files under a limit of {options.MaxBytes}");
    }

    [Fact]
    public async Task ADiskThatIsFullIsHelpedByWhatFreePlacesHold()
    {
        var disk = new FailingDisk(new MemoryDisk(1));
        await using var buffer = Given.Buffer(disk, Given.Options(4 << 20));
        for (var i = 1; i <= 60; i++)
            await buffer.AppendAsync(Given.Payload(i, 3 * Batch));
        await buffer.AcknowledgeAsync(1, 60);
        await buffer.FlushAsync();
        disk.Fault = DiskFault.Full;
        for (var i = 61; i <= 72; i++)
            await buffer.AppendAsync(Given.Payload(i, 9 * Batch));
        Assert.Empty(buffer.Losses);
        Assert.Equal(12, buffer.ReadAll().Count);
    }
}
