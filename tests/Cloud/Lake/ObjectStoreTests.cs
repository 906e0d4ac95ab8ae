using IotGateway.Cloud.Objects;
using IotGateway.Tests.Services;

[assembly: AssemblyFixture(typeof(Ceph))]

namespace IotGateway.Cloud.Tests.Lake;

/// <summary>Contract that every store of the lake's objects keeps to.</summary>
public abstract class ObjectStoreTests
{
    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ANewObjectIsWrittenOnceAndListedInTheOrderOfKeys()
    {
        var store = await OpenAsync();
        string[] keys = ["a/b=1/x.raw", "a/b=1-2/x.raw", "a/b.raw", "a0/x.raw", "b/x.raw"];
        foreach (var key in keys)
            Assert.True(await store.PutNewAsync(key, new byte[] { 1 }, Stop));

        Assert.False(await store.PutNewAsync(keys[0], new byte[] { 2 }, Stop));
        Assert.Equal([1], await store.GetAsync(keys[0], Stop));
        await store.PutAsync(keys[0], new byte[] { 2, 3 }, Stop);
        Assert.Equal([2, 3], await store.GetAsync(keys[0], Stop));

        Assert.Equal(keys.Order(StringComparer.Ordinal), await KeysAsync(store, ""));
        Assert.Equal(["a/b.raw", "a/b=1-2/x.raw", "a/b=1/x.raw"], await KeysAsync(store, "a/b"));
        Assert.Empty(await KeysAsync(store, "c"));
    }

    [Fact]
    public async Task WhatIsDeletedIsGoneAndMayBeDeletedAgain()
    {
        var store = await OpenAsync();
        await store.PutAsync("a/x", new byte[] { 1 }, Stop);

        await store.DeleteAsync("a/x", Stop);
        await store.DeleteAsync("a/x", Stop);

        Assert.Null(await store.GetAsync("a/x", Stop));
        Assert.Null(await store.GetAsync("b/never", Stop));
        Assert.Empty(await KeysAsync(store, ""));
    }

    [Fact]
    public async Task OfEightWritersOfOneNewObjectOneSucceeds()
    {
        var store = await OpenAsync();
        for (var round = 0; round < 5; round++)
        {
            var key = $"race/{round}";
            using var start = new SemaphoreSlim(0);
            var writers = Enumerable.Range(1, 8).Select(i => Task.Run(
                async () =>
                {
                    await start.WaitAsync(Stop);
                    return (Writer: (byte)i, Won: await store.PutNewAsync(key, new[] { (byte)i }, Stop));
                },
                Stop)).ToArray();
            start.Release(8);

            var winner = Assert.Single(await Task.WhenAll(writers), w => w.Won);
            Assert.Equal(new[] { winner.Writer }, await store.GetAsync(key, Stop));
        }

        Assert.Equal(5, (await KeysAsync(store, "")).Length);
    }

    [Fact]
    public async Task MoreObjectsThanAPageHoldsAreAllListed()
    {
        var store = await OpenAsync();
        var keys = Enumerable.Range(0, 1_100).Select(i => $"p/{i:D5}").ToArray();
        await Parallel.ForEachAsync(keys, Stop, async (key, stop) => await store.PutAsync(key, new byte[] { 7, 7 }, stop));

        var listed = new List<LakeObject>();
        await foreach (var found in store.ListAsync("p/", Stop))
            listed.Add(found);

        Assert.Equal(keys, listed.Select(l => l.Key));
        Assert.All(listed, l => Assert.Equal(2, l.Bytes));
    }

    [Fact]
    public async Task AnObjectOfTenMegabytesComesBackAsItIs()
    {
        var store = await OpenAsync();
        var bytes = new byte[10 * 1024 * 1024];
        new Random(1).NextBytes(bytes);

        Assert.True(await store.PutNewAsync("large", bytes, Stop));

        Assert.Equal(bytes, await store.GetAsync("large", Stop));
        await store.PutAsync("empty", Array.Empty<byte>(), Stop);
        Assert.Empty((await store.GetAsync("empty", Stop))!);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("/x")]
    [InlineData("a//b")]
    [InlineData("a/.b")]
    [InlineData("a b")]
    [InlineData("")]
    public async Task WhatIsNoKeyIsRefused(string key)
    {
        var store = await OpenAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => store.GetAsync(key, Stop));
        await Assert.ThrowsAsync<ArgumentException>(() => store.PutAsync(key, new byte[] { 1 }, Stop));
    }

    internal abstract Task<IObjectStore> OpenAsync();

    internal static async Task<string[]> KeysAsync(IObjectStore store, string prefix)
    {
        var keys = new List<string>();
        await foreach (var found in store.ListAsync(prefix, Stop))
            keys.Add(found.Key);
        return [.. keys];
    }
}

public sealed class FolderObjectsTests : ObjectStoreTests, IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    internal override Task<IObjectStore> OpenAsync() => Task.FromResult<IObjectStore>(new FolderObjects(_folder.Path));
}
