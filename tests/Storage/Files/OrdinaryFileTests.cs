using System.Diagnostics;
using IotGateway.Storage.Files;
using IotGateway.Tests.Services;

namespace IotGateway.Storage.Tests.Files;

/// <summary>Each thing that may stand in a file's place is a disk's answer, and none of them is waited for.</summary>
public sealed class OrdinaryFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData("folder")]
    [InlineData("pipe")]
    [InlineData("links in a circle")]
    [InlineData("link to a device")]
    [InlineData("link to nothing")]
    [InlineData("nothing")]
    [InlineData("below a file")]
    [InlineData("below a missing folder")]
    [InlineData("a name too long")]
    public void WhatIsNoFileIsADisksAnswer(string kind)
    {
        var path = Make(kind);

        var refused = Record.Exception(() => OrdinaryFile.Read(path));

        Assert.NotNull(refused);
        Assert.True(refused.IsFromDisk(), refused.ToString());
    }

    [Fact]
    public void AFileWithoutTheRightToReadIsADisksAnswer()
    {
        var path = _folder.File("closed");
        File.WriteAllText(path, "x");
        File.SetUnixFileMode(path, UnixFileMode.None);

        var refused = Record.Exception(() => AsNobody.Run(() => OrdinaryFile.Read(path)));

        Assert.IsType<UnauthorizedAccessException>(refused);
        Assert.True(refused.IsFromDisk());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300_000)]
    public void AFileIsReadWhole(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        File.WriteAllBytes(_folder.File("file"), bytes);

        Assert.Equal(bytes, OrdinaryFile.Read(_folder.File("file")));
    }

    public void Dispose() => _folder.Dispose();

    private string Make(string kind)
    {
        var path = _folder.File("x");
        switch (kind)
        {
            case "folder":
                Directory.CreateDirectory(path);
                break;
            case "pipe":
                using (var made = Process.Start("mkfifo", path))
                    made.WaitForExit();
                break;
            case "links in a circle":
                File.CreateSymbolicLink(path, path);
                break;
            case "link to a device":
                File.CreateSymbolicLink(path, "/dev/zero");
                break;
            case "link to nothing":
                File.CreateSymbolicLink(path, _folder.File("gone"));
                break;
            case "below a file":
                File.WriteAllText(path, "");
                return Path.Combine(path, "y");
            case "below a missing folder":
                return Path.Combine(path, "y");
            case "a name too long":
                return _folder.File(new string('n', 300));
        }

        return path;
    }
}
