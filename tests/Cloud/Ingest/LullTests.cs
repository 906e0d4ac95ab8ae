using IotGateway.Cloud.Ingest;
using IotGateway.Telemetry;
using Microsoft.Extensions.Time.Testing;

namespace IotGateway.Cloud.Tests.Ingest;

public sealed class LullTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly Lull _lull;
    private readonly BatchQueue _queue;
    private readonly List<IncomingBatch> _group = [];

    public LullTests() => _queue = new BatchQueue(_lull = new Lull(_time));

    public void Dispose() => _lull.Dispose();

    [Fact]
    public async Task WhereNothingIsReadNothingIsWaitedFor()
    {
        await Add(1);
        Assert.True(await _queue.Take(_group));
        Assert.Single(_group);
    }

    [Fact]
    public async Task AGroupEndsWithTheLastConnectionThatHasSomethingToRead()
    {
        _lull.Begin();
        _lull.Begin();
        await Add(1);
        var taken = _queue.Take(_group);
        _lull.End();
        await Add(1);
        Assert.False(taken.IsCompleted);
        _lull.End();
        Assert.True(await taken);
        Assert.Equal(2, _group.Count);
    }

    [Fact]
    public async Task ALargeGroupEndsThoughThereIsMoreToRead()
    {
        _lull.Begin();
        await Add(1);
        var taken = _queue.Take(_group);
        await Add(254);
        Assert.False(taken.IsCompleted);
        await Add(1);
        Assert.True(await taken);
        Assert.Equal(256, _group.Count);
    }

    [Fact]
    public async Task AConnectionThatIsHeldUpHoldsUpTheOthersForTenMilliseconds()
    {
        _lull.Begin();
        await Add(1);
        var taken = _queue.Take(_group);
        _time.Advance(TimeSpan.FromMilliseconds(9));
        Assert.False(taken.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(await taken);
        Assert.Single(_group);
    }

    private async Task Add(int batches)
    {
        for (var i = 0; i < batches; i++)
            await _queue.Add(new IncomingBatch(new Batch("gw", "s", 1, 1, DateTimeOffset.UnixEpoch, "synchronised", [], []), new byte[1]), CancellationToken.None);
    }
}
