using IotGateway.Cloud.Ingest;
using IotGateway.Cloud.Ingest.Broker;
using IotGateway.Telemetry;
using Microsoft.Extensions.Time.Testing;

namespace IotGateway.Cloud.Tests.Ingest;

public sealed class GroupCommitGateTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly GroupCommitGate _lull;
    private readonly BatchQueue _queue;
    private readonly List<IncomingBatch> _group = [];

    public GroupCommitGateTests() => _queue = new BatchQueue(_lull = new GroupCommitGate(_time));

    public void Dispose() => _lull.Dispose();

    [Fact]
    public async Task WhereNothingIsReadNothingIsWaitedFor()
    {
        await AddAsync(1);
        Assert.True(await _queue.TakeAsync(_group));
        Assert.Single(_group);
    }

    [Fact]
    public async Task AGroupEndsWithTheLastConnectionThatHasSomethingToRead()
    {
        _lull.Begin();
        _lull.Begin();
        await AddAsync(1);
        var taken = _queue.TakeAsync(_group);
        _lull.End();
        await AddAsync(1);
        Assert.False(taken.IsCompleted);
        _lull.End();
        Assert.True(await taken);
        Assert.Equal(2, _group.Count);
    }

    [Fact]
    public async Task ALargeGroupEndsThoughThereIsMoreToRead()
    {
        _lull.Begin();
        await AddAsync(1);
        var taken = _queue.TakeAsync(_group);
        await AddAsync(254);
        Assert.False(taken.IsCompleted);
        await AddAsync(1);
        Assert.True(await taken);
        Assert.Equal(256, _group.Count);
    }

    [Fact]
    public async Task AConnectionThatIsHeldUpHoldsUpTheOthersForTenMilliseconds()
    {
        _lull.Begin();
        await AddAsync(1);
        var taken = _queue.TakeAsync(_group);
        _time.Advance(TimeSpan.FromMilliseconds(9));
        Assert.False(taken.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(await taken);
        Assert.Single(_group);
    }

    /// <summary>One that waits, one that said farewell, one that broke off and one that was thrown out: a count that stayed would cost every group ten milliseconds.</summary>
    [Fact]
    public async Task HoweverAConnectionEndsItReadsNothingAnyMore()
    {
        using var folder = new TempFolder();
        var cloud = await TestCloud.StartAsync(folder.Path);
        await using var stays = await TestGateway.ConnectAsync(cloud, cloud.Enrol("stays"), "stays");
        var leaves = await TestGateway.ConnectAsync(cloud, cloud.Enrol("leaves"), "leaves");
        var breaks = await TestGateway.ConnectAsync(cloud, cloud.Enrol("breaks"), "breaks");
        await using var sendsTooMuch = await TestGateway.ConnectAsync(cloud, cloud.Enrol("too-much"), "too-much");
        foreach (var gateway in new[] { stays, leaves, breaks })
            await gateway.SendAsync(TestGateway.Encode(gateway.Name, 1, TestGateway.Reading(0, 34)));

        await leaves.DisposeAsync();
        breaks.Client.Dispose();
        await Assert.ThrowsAnyAsync<Exception>(() => sendsTooMuch.PublishAsync(Topics.Batch("too-much"), new byte[TlsListener.MaxFrameBytes + 1]));

        // With the cloud its clock has stopped, so that only the connections themselves can end the wait.
        var lull = cloud.Get<GroupCommitGate>();
        await cloud.DisposeAsync();
        await lull.ComeAsync().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.True(lull.IsNow);
    }

    private async Task AddAsync(int batches)
    {
        for (var i = 0; i < batches; i++)
            await _queue.AddAsync(new IncomingBatch(new Batch("gw", "s", 1, 1, DateTimeOffset.UnixEpoch, "synchronised", [], []), new byte[1]), CancellationToken.None);
    }
}
