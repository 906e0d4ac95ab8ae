using System.Diagnostics;
using IotGateway.Edge.Buffer;
using IotGateway.Edge.Buffer.Batches;
using IotGateway.Edge.Tests.Buffer.Disks;
using IotGateway.Hosting.Configuration;
using Xunit;

namespace IotGateway.Edge.Tests.Buffer.Pages;

public sealed class FolderTests
{
    [Fact]
    public async Task TwoGatewaysCannotOpenOneFolder()
    {
        using var folder = new TemporaryFolder();
        await using (Given.Buffer(Given.Options(folder: folder.Path)))
        {
            var e = Assert.Throws<BufferInUseException>(() => Given.Buffer(Given.Options(folder: folder.Path)));
            Assert.Contains(folder.Path, e.Message, StringComparison.Ordinal);
            Assert.Contains($"process {Environment.ProcessId}", e.Message, StringComparison.Ordinal);
        }

        await using var after = Given.Buffer(Given.Options(folder: folder.Path));
        Assert.Equal(1, await after.AppendAsync(Given.Payload(1, 10)));
    }

    [Fact]
    public void ALockThatTheDiskRefusesForAnotherReasonIsNotCalledInUse()
    {
        using var folder = new TemporaryFolder();

        // A program that runs may not be written to, not even by root: a refusal as by a read-only disk.
        File.CreateSymbolicLink(Path.Combine(folder.Path, "lock"), Environment.ProcessPath!);

        var e = Assert.ThrowsAny<IOException>(() => Given.Buffer(Given.Options(folder: folder.Path)));
        Assert.IsNotType<BufferInUseException>(e);
        Assert.Contains("Text file busy", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FilesAndFolderAreTheOwnersAlone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no modes.");
            return;
        }

        using var root = new TemporaryFolder();
        var folder = Path.Combine(root.Path, "buffer");
        await using var buffer = Given.Buffer(Given.Options(folder: folder));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        foreach (var file in Directory.GetFiles(folder))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(4, Directory.GetFiles(folder).Length);
    }

    [Fact]
    public void OptionsOutsideTheirRangeAreRefusedByName()
    {
        var e = Assert.Throws<ConfigurationException>(() => Given.Buffer(Given.Options(maxBytes: 1000)));
        Assert.Contains("Buffer:MaxBytes is '1000'", e.Message, StringComparison.Ordinal);
        Assert.Contains(
            "Buffer:Directory", Assert.Throws<ConfigurationException>(() => Given.Buffer(Given.Options(folder: " "))).Message,
            StringComparison.Ordinal);
    }

    /// <summary>A real file system without room: the policy makes room, nothing held is damaged, and space that returns is used.</summary>
    [Fact]
    public async Task AFullFileSystemLosesNothingUncounted()
    {
        using var folder = new TemporaryFolder();
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess
                && Run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", folder.Path) == 0,
                "Mounting a small tmpfs needs root.");
        try
        {
            await FillAndCheckAsync(folder.Path);
        }
        finally
        {
            Assert.Equal(0, Run("umount", folder.Path));
        }
    }

    private static async Task FillAndCheckAsync(string folder)
    {
        var ballast = Path.Combine(folder, "ballast");
        long stored = 0;
        await using (var buffer = Given.Buffer(Given.Options(folder: folder)))
        {
            for (var i = 0; i < 100; i++)
                stored = await buffer.AppendAsync(Given.Payload(i, 20_000), i == 50 ? BatchKind.Alarm : BatchKind.Ordinary);
            await FillUpAsync(ballast);
            for (var i = 0; i < 200; i++)
                stored = await buffer.AppendAsync(Given.Payload(i, 20_000));
            Assert.Equal(300, stored);
            Assert.Equal(300, buffer.ReadAll().Count + buffer.Losses.Sum(l => l.Readings));
            Assert.Contains(buffer.ReadAll(), b => b.Kind == BatchKind.Alarm);
        }

        // It opens on a full disk, too.
        await using var again = Given.Buffer(Given.Options(folder: folder));
        Assert.Equal(301, await again.AppendAsync(Given.Payload(301, 20_000)));
        File.Delete(ballast);
        var losses = again.Losses.Sum(l => l.Readings);
        for (var i = 0; i < 20; i++)
            await again.AppendAsync(Given.Payload(i, 20_000));
        Assert.Equal(losses, again.Losses.Sum(l => l.Readings));
        Assert.Equal(0, again.Status.DamagedFiles);
    }

    private static async Task FillUpAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
                await file.WriteAsync(new byte[4096]);
        }
        catch (IOException)
        {
        }
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process =
            Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false });
        process!.WaitForExit();
        return process.ExitCode;
    }
}
