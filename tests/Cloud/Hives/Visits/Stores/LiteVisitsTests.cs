using IotGateway.Cloud.Hives.Visits;
using IotGateway.Cloud.Hives.Visits.Stores;
using Microsoft.Extensions.Logging.Abstractions;

namespace IotGateway.Cloud.Tests.Hives.Visits.Stores;

public sealed class LiteVisitsTests : VisitStoreTests, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<LiteVisits> _open = [];

    public void Dispose()
    {
        _open.ForEach(b => b.Dispose());
        _folder.Dispose();
    }

    [Fact]
    public async Task WhatWasWrittenIsThereAfterARestart()
    {
        using (var store = new LiteVisits(_folder.File("again.db")))
            await store.AddAsync(A, Written("v", 1), Stop);
        using (var store = new LiteVisits(_folder.File("again.db")))
            Assert.Single(await store.AllAsync(A, Stop));
    }

    [Fact]
    public async Task ADamagedFileIsKeptAsideAndANewOneBegun()
    {
        var file = _folder.File("damaged.db");
        await File.WriteAllBytesAsync(file, [.. Enumerable.Repeat((byte)7, 20_000)], Stop);
        using var store = LiteVisits.Open(file, TimeProvider.System, NullLogger<LiteVisits>.Instance);
        Assert.Empty(await store.AllAsync(A, Stop));
        Assert.Single(Directory.GetFiles(_folder.Path, "damaged.db.*.aside"));
    }

    internal override Task<IVisitStore> OpenAsync()
    {
        _open.Add(new LiteVisits(_folder.File("visits.db")));
        return Task.FromResult<IVisitStore>(_open[^1]);
    }
}
