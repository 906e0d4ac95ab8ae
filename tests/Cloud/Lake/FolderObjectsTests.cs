using IotGateway.Cloud.Lake;

namespace IotGateway.Cloud.Tests.Lake;

public sealed class FolderObjectsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ANewObjectIsWrittenOnceAndListedInTheOrderOfKeys()
    {
        using var folder = new TempFolder();
        var store = new FolderObjects(folder.Path);
        string[] keys = ["a/b=1/x.raw", "a/b=1-2/x.raw", "a/b.raw", "a0/x.raw", "b/x.raw"];
        foreach (var key in keys)
            Assert.True(await store.PutNew(key, new byte[] { 1 }, Stop));

        Assert.False(await store.PutNew(keys[0], new byte[] { 2 }, Stop));
        Assert.Equal([1], await store.Get(keys[0], Stop));
        await store.Put(keys[0], new byte[] { 2, 3 }, Stop);
        Assert.Equal([2, 3], await store.Get(keys[0], Stop));

        Assert.Equal(keys.Order(StringComparer.Ordinal), await Keys(store, ""));
        Assert.Equal(["a/b.raw", "a/b=1-2/x.raw", "a/b=1/x.raw"], await Keys(store, "a/b"));

        await store.Delete(keys[0], Stop);
        await store.Delete(keys[0], Stop);
        Assert.Null(await store.Get(keys[0], Stop));
        Assert.Equal(4, (await Keys(store, "")).Length);
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
        using var folder = new TempFolder();
        await Assert.ThrowsAsync<ArgumentException>(() => new FolderObjects(folder.Path).Get(key, Stop));
    }

    private static async Task<string[]> Keys(FolderObjects store, string prefix)
    {
        var keys = new List<string>();
        await foreach (var found in store.List(prefix, Stop))
            keys.Add(found.Key);
        return [.. keys];
    }
}
