using System.Diagnostics;
using IotGateway.Edge.Objects;
using IotGateway.Edge.Tests.Buffer.Disks;
using IotGateway.Hosting;
using IotGateway.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IotGateway.Edge.Tests.Objects;

public sealed class ObjectOutboxTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly Counters _counters = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task WhatWasTakenIsThereAfterARestart()
    {
        var content = Uploader.Bytes(3_000_000);
        var o = await AddAsync(Open(), content);

        var again = Open();

        Assert.Equal((1, 3_000_000L), (again.State.Files, again.State.Bytes));
        var waiting = again.Take(newest: false)!;
        Assert.Equal(o, waiting);
        await using var read = again.OpenContent(waiting);
        var bytes = new byte[content.Length];
        await read.ReadExactlyAsync(bytes);
        Assert.Equal(content, bytes);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content)), waiting.Sha256);
    }

    [Fact]
    public async Task AContentWithoutSidecarAndHalfWrittenFilesAreRemovedAtTheStart()
    {
        await AddAsync(Open(), Uploader.Bytes(10));
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "x.object"), "never acknowledged");
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "y.part"), "half");
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "z.json.part"), "{");

        Assert.Equal(1, Open().State.Files);

        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);
    }

    [Theory]
    [InlineData("{ not json")]
    [InlineData("null")]
    [InlineData("{}")]
    public async Task ADamagedSidecarIsSetAsideWithItsContent(string text)
    {
        var o = await AddAsync(Open(), Uploader.Bytes(10));
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, o.Id + ".json"), text);

        var again = Open();

        Assert.Equal((0, 1), (again.State.Files, again.State.RefusedFiles));
        Assert.Equal(1, _counters["objects.damaged"]);
        Assert.Single(Directory.GetFiles(Path.Combine(_folder.Path, "refused"), "*.object"));
    }

    [Fact]
    public async Task AContentThatIsGoneIsCountedAndTold()
    {
        var o = await AddAsync(Open(), Uploader.Bytes(10));
        File.Delete(Path.Combine(_folder.Path, o.Id + ".object"));

        Assert.Equal((0, 1), (Open().State.Files, Open().State.RefusedFiles));
        Assert.Equal(1, _counters["objects.damaged"]);
    }

    [Fact]
    public async Task AFullOutboxDropsTheOldestOrdinaryCounted()
    {
        var outbox = Open(maxBytes: 40_000_000);
        var urgent = await AddAsync(outbox, Uploader.Bytes(10_000_000, 1), urgent: true);
        var oldest = await AddAsync(outbox, Uploader.Bytes(10_000_000, 2));
        var kept = await AddAsync(outbox, Uploader.Bytes(10_000_000, 3));
        var newest = await AddAsync(outbox, Uploader.Bytes(15_000_000, 4));

        Assert.Equal((3, 35_000_000L), (outbox.State.Files, outbox.State.Bytes));
        Assert.Equal((1, 10_000_000), (_counters["objects.dropped"], _counters["objects.dropped_bytes"]));
        Assert.Equal(
            new[] { urgent.Id, kept.Id, newest.Id }.Order(),
            Directory.GetFiles(_folder.Path, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)).Order());
        Assert.False(File.Exists(Path.Combine(_folder.Path, oldest.Id + ".object")));
    }

    [Fact]
    public async Task AFullOutboxRefusesRatherThanDropUrgentObjects()
    {
        var outbox = Open(maxBytes: 32 << 20);
        await AddAsync(outbox, Uploader.Bytes(10_000_000, 1), urgent: true);
        await AddAsync(outbox, Uploader.Bytes(10_000_000, 2), urgent: true);
        await Assert.ThrowsAsync<OutboxFullException>(() => AddAsync(outbox, Uploader.Bytes(20_000_000, 3)));
        await Assert.ThrowsAsync<OutboxFullException>(() => AddAsync(outbox, Uploader.Bytes(40_000_000, 3)));

        Assert.Equal(2, outbox.State.Files);
        Assert.Equal((0, 2), (_counters["objects.dropped"], _counters["objects.not_taken"]));
        Assert.Empty(Directory.GetFiles(_folder.Path, "*.part"));
    }

    [Fact]
    public async Task WhatWasRefusedMakesRoomFirst()
    {
        var outbox = Open(maxBytes: 32 << 20);
        var refused = await AddAsync(outbox, Uploader.Bytes(10_000_000, 1));
        outbox.Refuse(refused, "the store does not take it");
        await AddAsync(outbox, Uploader.Bytes(15_000_000, 2));
        Assert.Equal(1, outbox.State.RefusedFiles);
        await AddAsync(outbox, Uploader.Bytes(15_000_000, 3));

        Assert.Equal(2, outbox.State.Files);
        Assert.Equal(0, _counters["objects.dropped"]);
        Assert.True(_counters["objects.refused_dropped"] > 0);
    }

    [Fact]
    public async Task AFullDiskRefusesTheNewOneAndKeepsTheOthers()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess
                && Run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", _folder.Path) == 0,
            "Mounting a small tmpfs needs root.");
        try
        {
            var outbox = Open();
            var o = await AddAsync(outbox, Uploader.Bytes(3_000_000, 1), urgent: true);
            await Assert.ThrowsAnyAsync<IOException>(() => AddAsync(outbox, Uploader.Bytes(6_000_000, 2)));

            Assert.Equal(1, _counters["objects.not_taken"]);
            Assert.Empty(Directory.GetFiles(_folder.Path, "*.part"));
            Assert.Equal(o, Open().Take(newest: true));
            await AddAsync(outbox, Uploader.Bytes(3_000_000, 3));
        }
        finally
        {
            Assert.Equal(0, Run("umount", _folder.Path));
        }
    }

    /// <summary>Files that the machine needs for other things: the reserve counts, not the last byte.</summary>
    [Fact]
    public async Task TheDisksReserveIsLeftToOthers()
    {
        var outbox = ObjectOutbox.Open(
            _folder.Path, new ObjectOptions { ReserveFreeBytes = new DriveInfo(_folder.Path).TotalSize }, _counters, _time,
            NullLogger.Instance);

        await Assert.ThrowsAsync<OutboxFullException>(() => AddAsync(outbox, Uploader.Bytes(10)));
    }

    [Fact]
    public async Task UrgentGoesFirstThenByTurnsTheNewestAndTheOldest()
    {
        var outbox = Open();
        var oldest = await AddAsync(outbox, Uploader.Bytes(10, 1));
        await AddAsync(outbox, Uploader.Bytes(10, 2));
        var newest = await AddAsync(outbox, Uploader.Bytes(10, 3));
        Assert.Equal((newest, oldest), (outbox.Take(newest: true), outbox.Take(newest: false)));
        var urgent = await AddAsync(outbox, Uploader.Bytes(10, 4), urgent: true);
        await AddAsync(outbox, Uploader.Bytes(10, 5), urgent: true);
        Assert.Equal((urgent, urgent), (outbox.Take(newest: true), outbox.Take(newest: false)));
    }

    private ObjectOutbox Open(long maxBytes = 1 << 30) =>
        ObjectOutbox.Open(
            _folder.Path, new ObjectOptions { MaxBytes = maxBytes, ReserveFreeBytes = 0 }, _counters, _time, NullLogger.Instance);

    private Task<StoredObject> AddAsync(ObjectOutbox outbox, byte[] content, bool urgent = false)
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        return outbox.AddAsync(
            new MemoryStream(content), new ObjectLabel("image", DeviceId.Parse("hive-1"), _time.GetUtcNow(), "image/jpeg", "jpg", urgent),
            TestContext.Current.CancellationToken);
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process =
            Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false });
        process!.WaitForExit();
        return process.ExitCode;
    }
}
