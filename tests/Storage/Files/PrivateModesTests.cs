using IotGateway.Storage.Files;

namespace IotGateway.Storage.Tests.Files;

public sealed class PrivateModesTests : IDisposable
{
    private const UnixFileMode OpenFolder = (UnixFileMode)0b111_101_101;
    private const UnixFileMode OpenFile = (UnixFileMode)0b110_100_100;

    private readonly TempFolder _folder = new();

    [Fact]
    public void WhatOthersMayReadIsTightenedAndLinksAreNotFollowed()
    {
        using var elsewhere = new TempFolder();
        Make(elsewhere.File("theirs"));
        var (data, below) = (_folder.File("data"), _folder.File("data/below"));
        Directory.CreateDirectory(below, OpenFolder);
        File.SetUnixFileMode(data, OpenFolder);
        string[] files = [_folder.File("data/a"), _folder.File("data/below/b")];
        Array.ForEach(files, Make);
        File.CreateSymbolicLink(_folder.File("data/link"), elsewhere.File("theirs"));
        Directory.CreateSymbolicLink(_folder.File("data/folder"), elsewhere.Path);

        PrivateModes.TightenFolder(data);

        Assert.All(files, f => Assert.Equal(DurableFile.OwnerOnly, File.GetUnixFileMode(f)));
        Assert.All([data, below], f => Assert.Equal(DurableFile.OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(f)));
        Assert.Equal(OpenFile, File.GetUnixFileMode(elsewhere.File("theirs")));
    }

    [Fact]
    public void WhatIsInTheMidstOfAPrivateFolderIsNotLookedAt()
    {
        var data = _folder.File("data");
        Directory.CreateDirectory(data, DurableFile.OwnerOnly | UnixFileMode.UserExecute);
        Make(_folder.File("data/a"));

        PrivateModes.TightenFolder(data);

        Assert.Equal(OpenFile, File.GetUnixFileMode(_folder.File("data/a")));
    }

    public void Dispose() => _folder.Dispose();

    private static void Make(string path)
    {
        File.WriteAllText(path, "");
        File.SetUnixFileMode(path, OpenFile);
    }
}
