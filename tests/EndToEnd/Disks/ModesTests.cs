namespace IotGateway.EndToEnd.Tests.Disks;

/// <summary>Measurements, keys and all else that the programs write are their user's alone.</summary>
public class ModesTests
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    [Fact]
    public async Task WhatTheProgramsWriteIsTheirUsersAloneAndWhatStoodOpenIsTightened()
    {
        await using var chain = new Chain();
        await chain.EnrollAsync();
        Directory.CreateDirectory(chain.In("cloud/hot"));
        await File.WriteAllTextAsync(chain.In("cloud/hot/left.txt"), "x", TestContext.Current.CancellationToken);
        foreach (var standing in (string[])["cloud", "cloud/hot", "cloud/hot/left.txt"])
            File.SetUnixFileMode(chain.In(standing), Owner | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead);
        await chain.StartCloudAsync();
        await chain.StartFieldAsync("--speed", "0", "--from", "2021-06-19", "--until", "2021-06-20");
        await chain.StartEdgeAsync();
        await chain.Field!.SaysAsync("replay ended", Chain.Patience);
        var sent = SentReadings.Read(chain.Ledger).Readings.Count;
        await chain.UntilAsync("all readings stored", () => StoredReadings.CountAsync(chain), n => n == sent);

        var open = ((string[])["cloud", "edge"]).SelectMany(f => new DirectoryInfo(chain.In(f))
            .EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Append(new DirectoryInfo(chain.In(f))))
            .Where(e => (e.UnixFileMode & ~Owner) != UnixFileMode.None).Select(e => $"{e.UnixFileMode} {e.FullName}");

        Assert.Empty(open);
    }
}
