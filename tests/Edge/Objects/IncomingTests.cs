using IotGateway.Edge.Objects;
using IotGateway.Edge.Objects.Incoming;
using IotGateway.Edge.Tests.Buffer.Disks;
using IotGateway.Hosting;
using IotGateway.Tests.Services;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IotGateway.Edge.Tests.Objects;

public sealed class IncomingTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2021, 6, 19, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Now);
    private readonly ObjectOptions _options = new() { Bucket = "bucket", ReserveFreeBytes = 0, MaxBytes = 16 << 20 };
    private readonly ObjectStatus _book;
    private readonly ObjectOutbox _outbox;
    private readonly IncomingFolder _incoming;

    public IncomingTests()
    {
        _book = new ObjectStatus(_options, _time);
        _outbox = ObjectOutbox.Open(_folder.Path, _options, new Counters(), _time, NullLogger.Instance);
        _incoming = new IncomingFolder(Path.Combine(_folder.Path, "incoming"), _outbox, _book, _time, NullLogger<IncomingFolder>.Instance);
    }

    public void Dispose()
    {
        _incoming.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("dock-1_2021-06-19T001604Z.jpg", "dock-1", "2021-06-19T00:16:04Z", "image", "image/jpeg", "jpg")]
    [InlineData("gw:cam_0_2021-06-19T001604.250Z.PNG", "gw:cam_0", "2021-06-19T00:16:04.250Z", "image", "image/png", "png")]
    [InlineData("drone.7_2021-06-19T001604Z.tar.gz", "drone.7", "2021-06-19T00:16:04Z", "file", "application/gzip", "tar.gz")]
    [InlineData("mic.wav", "mic", "2021-06-19T11:59:00Z", "sound", "audio/wav", "wav")]
    [InlineData("node.xyz", "node", "2021-06-19T11:59:00Z", "file", "application/octet-stream", "xyz")]
    public async Task AFileIsWhatItsNameSays(string name, string device, string at, string kind, string type, string extension)
    {
        Write(name);

        Assert.Equal(1, await _incoming.TakeUpAsync(CancellationToken.None));

        var label = _outbox.Take(newest: true)!.Label;
        Assert.Equal(
            (device, DateTimeOffset.Parse(at), kind, type, extension, false),
            (label.Device.ToString(), label.TakenAt, label.Kind, label.ContentType, label.Extension, label.Urgent));
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder.Path, "incoming")));
    }

    [Fact]
    public async Task ARemovedFolderIsMadeAgainOrReported()
    {
        var folder = Path.Combine(_folder.Path, "incoming");
        Directory.Delete(folder, recursive: true);
        await File.WriteAllTextAsync(folder, "no folder", TestContext.Current.CancellationToken);
        Assert.Equal(0, await _incoming.TakeUpAsync(CancellationToken.None));
        Assert.Contains("cannot be read", _book.State.IncomingTrouble, StringComparison.Ordinal);

        File.Delete(folder);
        await _incoming.TakeUpAsync(CancellationToken.None);
        Write("mic.wav");
        Assert.Equal(1, await _incoming.TakeUpAsync(CancellationToken.None));
        Assert.Null(_book.State.IncomingTrouble);
    }

    [Theory]
    [InlineData("dock_2021-06-19T001604Z.jpg.part")]
    [InlineData("dock_2021-06-19T001604Z.jpg.TMP")]
    [InlineData(".dock_2021-06-19T001604Z.jpg.Xa81q")]
    [InlineData("dock_2021-06-19T001604Z.jpg~")]
    public async Task AHalfWrittenFileIsLeftAlone(string name)
    {
        Write(name);

        Assert.Equal(0, await _incoming.TakeUpAsync(CancellationToken.None));

        Assert.Single(Directory.GetFiles(Path.Combine(_folder.Path, "incoming")));
        Assert.Equal((0, 0), (_outbox.State.Files, _outbox.State.RefusedFiles));
        File.Move(PathOf(name), PathOf("dock_2021-06-19T001604Z.jpg"));
        Assert.Equal(1, await _incoming.TakeUpAsync(CancellationToken.None));
    }

    [Fact]
    public async Task AFileThatIsBeingWrittenToIsLeftUntilItLiesStill()
    {
        Write("dock.jpg", age: TimeSpan.FromSeconds(1));
        Assert.Equal(0, await _incoming.TakeUpAsync(CancellationToken.None));
        _time.Advance(IncomingFolder.Still);
        Assert.Equal(1, await _incoming.TakeUpAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData("dock_2021-13-40T001604Z.jpg", "time")]
    [InlineData("dock_2021-06-19 00:16.jpg", "time")]
    [InlineData("ein bild.jpg", "device")]
    [InlineData("_2021-06-19T001604Z.jpg", "device")]
    [InlineData("noextension", "extension")]
    public async Task ABadNameIsRefusedWithItsReason(string name, string reason)
    {
        Write(name);

        Assert.Equal(0, await _incoming.TakeUpAsync(CancellationToken.None));

        Assert.Equal((0, 1), (_outbox.State.Files, _outbox.State.RefusedFiles));
        var told = Directory.GetFiles(Path.Combine(_folder.Path, "refused"), "*.reason.txt").Single();
        Assert.Contains(reason, await File.ReadAllTextAsync(told), StringComparison.Ordinal);
        Assert.True(File.Exists(told[..^".reason.txt".Length]));
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder.Path, "incoming")));
    }

    [Fact]
    public async Task AnEmptyFileAndALinkAreRefused()
    {
        Write("dock.jpg", bytes: 0);
        File.CreateSymbolicLink(PathOf("dock-2.jpg"), "/etc/hostname");

        Assert.Equal(0, await _incoming.TakeUpAsync(CancellationToken.None));

        Assert.Equal((0, 2), (_outbox.State.Files, _outbox.State.RefusedFiles));
    }

    [Fact]
    public async Task TheUrgentFolderMakesUrgentObjects()
    {
        Write("dock.jpg");
        Write("urgent/dock.jpg", bytes: 11);

        Assert.Equal(2, await _incoming.TakeUpAsync(CancellationToken.None));

        Assert.Equal((true, 11L), (_outbox.Take(newest: false)!.Label.Urgent, _outbox.Take(newest: false)!.Bytes));
    }

    [Fact]
    public async Task WhatFindsNoRoomStaysWhereItIsAndIsTold()
    {
        Write("urgent/dock.jpg", bytes: 10 << 20);
        Write("dock-2.jpg", bytes: 10 << 20);

        Assert.Equal(1, await _incoming.TakeUpAsync(CancellationToken.None));

        Assert.True(File.Exists(PathOf("dock-2.jpg")));
        Assert.Contains("dock-2.jpg stays", _book.State.IncomingTrouble, StringComparison.Ordinal);
        _outbox.Sent(_outbox.Take(newest: false)!);
        Assert.Equal(1, await _incoming.TakeUpAsync(CancellationToken.None));
        Assert.Null(_book.State.IncomingTrouble);
    }

    [Fact]
    public async Task WhatMayNotBeReadStaysInTheDropFolderUntilItMay()
    {
        Write("dock.jpg");
        if (Environment.IsPrivilegedProcess)
            Shell($"chown -R 65534 '{_folder.Path}'; chown 1234 '{PathOf("dock.jpg")}'");
        Shell($"chmod 0 '{PathOf("dock.jpg")}'");

        AsNobody.Run(() => _incoming.TakeUpAsync(CancellationToken.None).GetAwaiter().GetResult());

        Assert.True(File.Exists(PathOf("dock.jpg")));
        Assert.StartsWith($"dock.jpg stays in {Path.Combine(_folder.Path, "incoming")}: ", _book.State.IncomingTrouble);
        Shell($"chmod 644 '{PathOf("dock.jpg")}'");
        Assert.Equal(1, await _incoming.TakeUpAsync(CancellationToken.None));
        Assert.Null(_book.State.IncomingTrouble);
    }

    /// <summary>
    /// The sidecar is durable and the file not yet renamed: at the next start the drop folder has it, and it is taken once.
    /// </summary>
    [Fact]
    public async Task ACrashWhileAFileIsTakenUpLosesNothing()
    {
        Write("dock.jpg");
        await _incoming.TakeUpAsync(CancellationToken.None);
        var o = _outbox.Take(newest: false)!;
        File.Move(Path.Combine(_folder.Path, o.Id + ".object"), o.From!);

        var again = ObjectOutbox.Open(_folder.Path, _options, new Counters(), _time, NullLogger.Instance);
        Assert.Equal((0, 0), (again.State.Files, again.State.RefusedFiles));
        using var incoming = new IncomingFolder(
            Path.Combine(_folder.Path, "incoming"), again, _book, _time, NullLogger<IncomingFolder>.Instance);
        Assert.Equal(1, await incoming.TakeUpAsync(CancellationToken.None));
        Assert.Equal((o.Id, 1), (again.Take(newest: false)!.Id, again.State.Files));
    }

    [Fact]
    public async Task AHardLinkToASecretIsSetAsideUnread()
    {
        var secret = Path.Combine(_folder.Path, "gateway.pem");
        await File.WriteAllTextAsync(secret, "secret", TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(secret, (Now - TimeSpan.FromHours(1)).UtcDateTime);
        Shell($"ln '{secret}' '{PathOf("dock.jpg")}'");

        Assert.Equal(0, await _incoming.TakeUpAsync(CancellationToken.None));

        Assert.Equal((0, 1), (_outbox.State.Files, _outbox.State.RefusedFiles));
        Assert.Contains("hard link", Reasons().Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFileThatTheGatewayKeepsToItselfIsNotTakenFromAFolderOfOthers()
    {
        Write("dock.jpg");
        File.SetUnixFileMode(PathOf("dock.jpg"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Equal(1, await _incoming.TakeUpAsync(CancellationToken.None));

        File.SetUnixFileMode(Path.Combine(_folder.Path, "incoming"), (UnixFileMode)0x1ff);
        Write("dock-2.jpg");
        File.SetUnixFileMode(PathOf("dock-2.jpg"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Write("dock-3.jpg");
        Assert.Equal(1, await _incoming.TakeUpAsync(CancellationToken.None));
        Assert.Contains("may be a secret", Reasons().Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task APipeHoldsNobodyUp()
    {
        Shell($"mkfifo '{PathOf("dock.jpg")}'");
        Write("dock-2.jpg");

        Assert.Equal(1, await _incoming.TakeUpAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30), CancellationToken.None));

        Assert.Contains("a pipe", Reasons().Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NamesThatCannotBeSaidOrAreTooLongAreSetAsideByOneThatCan()
    {
        Shell($"cd '{Path.Combine(_folder.Path, "incoming")}' && touch \"$(printf 'caf\\351.jpg')\" \"$(printf 'caf\\351.part')\"");
        Write(new string('d', 232) + ".jpg");
        Write(string.Concat(Enumerable.Repeat("é", 117)) + ".jpg");
        Write("urgent/" + new string('d', 251) + ".jpg");
        Write("dock.jpg");

        Assert.Equal(1, await _incoming.TakeUpAsync(CancellationToken.None));

        Assert.Equal((1, 4), (_outbox.State.Files, _outbox.State.RefusedFiles));
        Assert.All(Reasons(), r => Assert.Contains("235 bytes", r, StringComparison.Ordinal));
        Assert.Contains(Reasons(), r => r.Contains("caf%E9.jpg", StringComparison.Ordinal));
        Assert.Null(_book.State.IncomingTrouble);
        Write("dock-2.jpg");
        Assert.Equal(1, await _incoming.TakeUpAsync(CancellationToken.None));

        // .NET cannot say the name, so it cannot delete it either.
        Shell($"rm -r '{Path.Combine(_folder.Path, "incoming")}'");
    }

    [Fact]
    public async Task TwoOfOneNameAreBothSetAside()
    {
        for (var i = 0; i < 2; i++)
        {
            Write(new string('d', 220));
            await _incoming.TakeUpAsync(CancellationToken.None);
        }

        Assert.Equal(2, _outbox.State.RefusedFiles);
        Assert.Equal(4, Directory.GetFiles(Path.Combine(_folder.Path, "refused")).Length);
    }

    /// <summary>Content that is adopted is the content that was hashed, whatever a writer does to the drop folder meanwhile.</summary>
    [Fact]
    public async Task AFileThatIsExchangedWhileItIsTakenIsTakenWhole()
    {
        using var done = new CancellationTokenSource();
        var exchanging = Task.Run(
            () =>
            {
                for (var i = 0; !done.IsCancellationRequested; i++)
                {
                    var name = $".next{i % 2}";
                    File.WriteAllBytes(PathOf(name), Uploader.Bytes(300_000, i));
                    File.SetLastWriteTimeUtc(PathOf(name), (Now - TimeSpan.FromMinutes(1)).UtcDateTime);
                    File.Move(PathOf(name), PathOf("dock.jpg"), overwrite: true);
                }
            },
            TestContext.Current.CancellationToken);
        for (var taken = 0; taken < 26;)
        {
            taken += await _incoming.TakeUpAsync(CancellationToken.None);
            if (_outbox.Take(newest: true) is not { } o)
                continue;
            await using (var content = _outbox.OpenContent(o))
                Assert.Equal(
                    o.Sha256,
                    Convert.ToHexStringLower(
                        await System.Security.Cryptography.SHA256.HashDataAsync(content, TestContext.Current.CancellationToken)));
            _outbox.Sent(o);
        }

        await done.CancelAsync();
        await exchanging;
        Assert.Equal(0, _outbox.State.RefusedFiles);
    }

    private string[] Reasons() =>
        [.. Directory.GetFiles(Path.Combine(_folder.Path, "refused"), "*.reason.txt").Select(File.ReadAllText)];

    private static void Shell(string command)
    {
        using var shell = System.Diagnostics.Process.Start("/bin/sh", ["-c", command]);
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }

    private void Write(string name, int bytes = 10, TimeSpan? age = null)
    {
        File.WriteAllBytes(PathOf(name), Uploader.Bytes(bytes, name.Length));
        File.SetLastWriteTimeUtc(PathOf(name), (Now - (age ?? TimeSpan.FromMinutes(1))).UtcDateTime);
    }

    private string PathOf(string name) => Path.Combine(_folder.Path, "incoming", name);
}
