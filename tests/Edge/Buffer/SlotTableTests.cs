using System.IO.Compression;
using CsCheck;
using IotGateway.Edge.Buffer;
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
            var places = new SlotTable([], 0);
            var held = new SortedDictionary<long, long>();
            var last = 0L;
            for (var step = 0; step < steps; step++)
            {
                // Skips are alarms, which lie elsewhere; some are long.
                last += random.Next(20) == 0 ? random.Next(1, 200) : 1;
                var place = places.Take(last);
                Assert.DoesNotContain(place, held.Values);
                held.Add(last, place);
                while (held.Count > 0 && random.Next(5) < 2)
                    held.Remove(random.Next(3) == 0 ? held.Keys.ElementAt(random.Next(held.Count)) : held.Keys.First());
                if (random.Next(4) == 0)
                    places.Release(from => held.Keys.FirstOrDefault(s => s >= from) is var next and > 0 ? next : null);
                if (random.Next(50) == 0)
                    places = new SlotTable(places.Runs, places.Top);
                Assert.All(held, h => Assert.Equal(h.Value, places.Of(h.Key)));
                Assert.InRange(places.Runs.Count, 0, 70);
            }

            // A full place is free; one that is free and not known to be empty is found.
            var full = new HashSet<long>();
            for (var next = places.NextFull(1); next is { } place; next = places.NextFull(place + 1))
                full.Add(place);
            Assert.Empty(full.Intersect(held.Values));
            Assert.DoesNotContain(full, p => places.Runs.Any(r => p >= r.Place && p <= r.LastPlace));
        }, iter: 200);

    [Fact]
    public async Task TheFilesOfTheFirstLayoutOpenAndDrainAndTakeMore()
    {
        using var folder = new TemporaryFolder();
        await using (var archive = await ZipArchive.CreateAsync(typeof(SlotTableTests).Assembly.GetManifestResourceStream("first-layout.zip")!, ZipArchiveMode.Read, leaveOpen: false, null))
            await archive.ExtractToDirectoryAsync(folder.Path);
        var options = Given.Options(64 << 10, maxBytes: 1 << 20, folder: folder.Path);
        long[] held = [4, 5, 6, 8, 9, 10, 11, 12, 13, 14];
        await using (var buffer = Given.Buffer(options))
        {
            Assert.Equal(0, buffer.Status.DamagedFiles);
            Check(buffer, held);
            Assert.Equal(9, buffer.SentThrough);
            for (var i = 15; i <= 20; i++)
                Assert.Equal(i, await buffer.AppendAsync(Given.Payload(i, Batch), readings: i));
            await buffer.AcknowledgeAsync(4, 9);
            await buffer.AcknowledgeAsync(16, 16);
            await buffer.FlushAsync();
        }

        await using (var again = Given.Buffer(options))
        {
            Check(again, [10, 11, 12, 13, 14, 15, 17, 18, 19, 20]);
            await again.AcknowledgeAsync(1, 20);
            await again.FlushAsync();
            Assert.Equal(0, again.Status.Batches);
        }
    }

    [Fact]
    public async Task WhatFreePlacesHoldMakesRoomBeforeAnyBatchDoes()
    {
        var options = Given.Options(256 << 10, maxBytes: 4 << 20);
        await using var buffer = Given.Buffer(new MemoryDisk(1), options);
        for (var i = 1; i <= 60; i++)
            await buffer.AppendAsync(Given.Payload(i, 3 * Batch));
        await buffer.AcknowledgeAsync(1, 60);
        await buffer.FlushAsync();

        // Far smaller than what lies at the places they take, and then far larger.
        for (var i = 61; i <= 500; i++)
            await buffer.AppendAsync(Given.Payload(i, 1000), i % 50 == 0 ? BatchKind.Alarm : BatchKind.Ordinary);
        await buffer.AcknowledgeAsync(61, 500);
        await buffer.FlushAsync();
        for (var i = 501; i <= 530; i++)
            await buffer.AppendAsync(Given.Payload(i, 6 * Batch));
        Assert.Empty(buffer.Losses);
        Assert.Equal(30, buffer.Status.Batches);
        Assert.True(buffer.Status.FileBytes <= options.MaxBytes * 1.02, $"{buffer.Status.FileBytes} bytes of files under a limit of {options.MaxBytes}");
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

    private static void Check(BatchBuffer buffer, long[] held)
    {
        var all = buffer.ReadAll();
        Assert.Equal(held, all.Select(b => b.Sequence));
        Assert.All(all, b => Assert.Equal(b.Sequence, Given.Id(b.Payload)));
        Assert.All(all, b => Assert.Equal((int)b.Sequence, b.Readings));
        Assert.All(all, b => Assert.Equal(b.Sequence is 5 or 10 ? BatchKind.Alarm : BatchKind.Ordinary, b.Kind));
        Assert.Equal(held.Sum(), buffer.Status.Readings);
    }
}
