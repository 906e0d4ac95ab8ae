using IotGateway.Cloud.Lake;
using IotGateway.Tests.Services;

[assembly: AssemblyFixture(typeof(Ceph))]

namespace IotGateway.Cloud.Tests.Lake;

/// <summary>What every store of the lake's objects keeps to.</summary>
public abstract class ObjectStoreTests
{
    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ANewObjectIsWrittenOnceAndListedInTheOrderOfKeys()
    {
        var store = await Open();
        string[] keys = ["a/b=1/x.raw", "a/b=1-2/x.raw", "a/b.raw", "a0/x.raw", "b/x.raw"];
        foreach (var key in keys)
            Assert.True(await store.PutNew(key, new byte[] { 1 }, Stop));

        Assert.False(await store.PutNew(keys[0], new byte[] { 2 }, Stop));
        Assert.Equal([1], await store.Get(keys[0], Stop));
        await store.Put(keys[0], new byte[] { 2, 3 }, Stop);
        Assert.Equal([2, 3], await store.Get(keys[0], Stop));

        Assert.Equal(keys.Order(StringComparer.Ordinal), await Keys(store, ""));
        Assert.Equal(["a/b.raw", "a/b=1-2/x.raw", "a/b=1/x.raw"], await Keys(store, "a/b"));
        Assert.Empty(await Keys(store, "c"));
    }

    [Fact]
    public async Task WhatIsDeletedIsGoneAndMayBeDeletedAgain()
    {
        var store = await Open();
        await store.Put("a/x", new byte[] { 1 }, Stop);

        await store.Delete("a/x", Stop);
        await store.Delete("a/x", Stop);

        Assert.Null(await store.Get("a/x", Stop));
        Assert.Null(await store.Get("b/never", Stop));
        Assert.Empty(await Keys(store, ""));
    }

    [Fact]
    public async Task OfEightWritersOfOneNewObjectOneSucceeds()
    {
        var store = await Open();
        for (var round = 0; round < 5; round++)
        {
            var key = $"race/{round}";
            using var start = new SemaphoreSlim(0);
            var writers = Enumerable.Range(1, 8).Select(i => Task.Run(
                async () =>
                {
                    await start.WaitAsync(Stop);
                    return (Writer: (byte)i, Won: await store.PutNew(key, new[] { (byte)i }, Stop));
                },
                Stop)).ToArray();
            start.Release(8);

            var winner = Assert.Single(await Task.WhenAll(writers), w => w.Won);
            Assert.Equal(new[] { winner.Writer }, await store.Get(key, Stop));
        }

        Assert.Equal(5, (await Keys(store, "")).Length);
    }

    [Fact]
    public async Task MoreObjectsThanAPageHoldsAreAllListed()
    {
        var store = await Open();
        var keys = Enumerable.Range(0, 1_100).Select(i => $"p/{i:D5}").ToArray();
        await Parallel.ForEachAsync(keys, Stop, async (key, stop) => await store.Put(key, new byte[] { 7, 7 }, stop));

        var listed = new List<LakeObject>();
        await foreach (var found in store.List("p/", Stop))
            listed.Add(found);

        Assert.Equal(keys, listed.Select(l => l.Key));
        Assert.All(listed, l => Assert.Equal(2, l.Bytes));
    }

    [Fact]
    public async Task AnObjectOfTenMegabytesComesBackAsItIs()
    {
        var store = await Open();
        var bytes = new byte[10 * 1024 * 1024];
        new Random(1).NextBytes(bytes);

        Assert.True(await store.PutNew("large", bytes, Stop));

        Assert.Equal(bytes, await store.Get("large", Stop));
        await store.Put("empty", Array.Empty<byte>(), Stop);
        Assert.Empty((await store.Get("empty", Stop))!);
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
        var store = await Open();
        await Assert.ThrowsAsync<ArgumentException>(() => store.Get(key, Stop));
        await Assert.ThrowsAsync<ArgumentException>(() => store.Put(key, new byte[] { 1 }, Stop));
    }

    internal abstract Task<IObjectStore> Open();

    internal static async Task<string[]> Keys(IObjectStore store, string prefix)
    {
        var keys = new List<string>();
        await foreach (var found in store.List(prefix, Stop))
            keys.Add(found.Key);
        return [.. keys];
    }
}

public sealed class FolderObjectsTests : ObjectStoreTests, IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    internal override Task<IObjectStore> Open() => Task.FromResult<IObjectStore>(new FolderObjects(_folder.Path));
}
