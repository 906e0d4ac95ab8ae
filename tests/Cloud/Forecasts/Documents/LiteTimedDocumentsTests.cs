using IotGateway.Cloud.Forecasts.Documents;
using IotGateway.Cloud.Sites;
using Microsoft.Extensions.Logging.Abstractions;

namespace IotGateway.Cloud.Tests.Forecasts.Documents;

public sealed class LiteTimedDocumentsTests : TimedDocumentsTests, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<LiteTimedDocuments> _open = [];

    public void Dispose()
    {
        _open.ForEach(b => b.Dispose());
        _folder.Dispose();
    }

    [Fact]
    public async Task ADamagedFileIsSetAsideAndANewOneBegun()
    {
        var file = _folder.File("damaged.db");
        await File.WriteAllBytesAsync(file, [.. Enumerable.Repeat((byte)7, 20_000)], Stop);
        using var store = LiteTimedDocuments.Open(file, TimeProvider.System, NullLogger<LiteTimedDocuments>.Instance);
        Assert.Null(await store.NewestAsync(new SubjectId(SubjectId.Hive, "a"), "state", Stop));
        Assert.Single(Directory.GetFiles(_folder.Path, "damaged.db.*.aside"));
    }

    [Fact]
    public async Task WhatWasSaidIsThereAfterARestart()
    {
        var hive = new SubjectId(SubjectId.Hive, "a");
        using (var store = new LiteTimedDocuments(_folder.File("again.db")))
            await store.AddAsync(hive, "state", [Said(7)], Stop);
        using (var store = new LiteTimedDocuments(_folder.File("again.db")))
            Assert.Equal(Start.AddHours(7), (await store.NewestAsync(hive, "state", Stop))!.Time);
    }

    internal override Task<ITimedDocuments> OpenAsync()
    {
        _open.Add(new LiteTimedDocuments(_folder.File("forecasts.db")));
        return Task.FromResult<ITimedDocuments>(_open[^1]);
    }
}
