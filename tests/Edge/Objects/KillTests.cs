using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using IotGateway.Edge.Tests.Buffer;
using IotGateway.Edge.Tests.Buffer.Disks;
using IotGateway.Tests.Services;

namespace IotGateway.Edge.Tests.Objects;

[Collection(CephTests.Name)]
public sealed class KillTests(Ceph ceph)
{
    /// <summary>
    /// Kills a real uploader at random moments, over and over on the same folder; then what it took must be in the store, whole and once.
    /// </summary>
    [Fact]
    public async Task WhatTheOutboxTookReachesTheStoreOnceThroughKills()
    {
        var bucket = await ceph.BucketAsync();
        using var folder = new TemporaryFolder();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var random = new Random(1);
        var loops = Given.LongTests ? 30 : 6;
        for (var loop = 0; loop < loops; loop++)
            await RunAndKillAsync(folder.Path, loop, bucket, random.Next(1, 30), taken);

        using var uploader = new Uploader(folder.Path, ceph.Url, bucket);
        var left = uploader.Outbox.State.Files;
        while (await uploader.SendNextAsync())
        {
        }

        var keys = await ceph.KeysAsync(bucket);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{taken.Count} taken, {keys.Count - left} sent before the last kill, {left} left after it");
        Assert.True(taken.Count > loops);
        Assert.True(left > 0, "nothing was left to go on with");
        Assert.Equal((0, 0), (uploader.Outbox.State.RefusedFiles, (int)uploader.Counters["objects.damaged"]));
        var stored = new List<string>();
        foreach (var key in keys)
            stored.Add(Convert.ToHexStringLower(SHA256.HashData(await ceph.ContentAsync(bucket, key))));
        Assert.Empty(taken.Except(stored));
        Assert.Equal(stored.Count, stored.Distinct(StringComparer.Ordinal).Count());
        Assert.All(keys.Zip(stored), k => Assert.Contains(k.Second[..16], k.First, StringComparison.Ordinal));
    }

    private async Task RunAndKillAsync(string folder, int seed, string bucket, int lines, HashSet<string> taken)
    {
        var credentials = await Ceph.Credentials.GetCredentialsAsync();
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "IotGateway.ObjectUploader.dll"), folder,
                seed.ToString(CultureInfo.InvariantCulture), ceph.Url, bucket, credentials.AccessKey, credentials.SecretKey,
            ])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        Assert.Equal("open", await process.StandardOutput.ReadLineAsync());
        for (var read = 1; await process.StandardOutput.ReadLineAsync() is { } line; read++)
        {
            // A line that the kill cut short has no full stop and says nothing.
            if (line.Split(' ') is ["+", { Length: 64 } sha256, "."])
                taken.Add(sha256);
            if (read == lines)
                process.Kill();
        }

        await process.WaitForExitAsync();
    }
}
