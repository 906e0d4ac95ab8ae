using IotGateway.Cloud.Ingest.Broker;
using IotGateway.Cloud.Ingest.Commit;
using IotGateway.Telemetry.Wire;
using Microsoft.Extensions.Time.Testing;

namespace IotGateway.Cloud.Tests.Ingest;

public sealed class GroupCommitGateTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly GroupCommitGate _gate;
    private readonly BatchQueue _queue;
    private readonly List<IncomingBatch> _group = [];

    public GroupCommitGateTests() => _queue = new BatchQueue(_gate = new GroupCommitGate(_time));

    public void Dispose() => _gate.Dispose();

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
        _gate.Begin();
        _gate.Begin();
        await AddAsync(1);
        var taken = _queue.TakeAsync(_group);
        _gate.End();
        await AddAsync(1);
        Assert.False(taken.IsCompleted);
        _gate.End();
        Assert.True(await taken);
        Assert.Equal(2, _group.Count);
    }

    [Fact]
    public async Task ALargeGroupEndsThoughThereIsMoreToRead()
    {
        _gate.Begin();
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
        _gate.Begin();
        await AddAsync(1);
        var taken = _queue.TakeAsync(_group);
        _time.Advance(TimeSpan.FromMilliseconds(9));
        Assert.False(taken.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(await taken);
        Assert.Single(_group);
    }

    /// <summary>
    /// One that waits, one that said farewell, one that broke off and one that was thrown out: a count that stayed would cost every group
    /// ten milliseconds.
    /// </summary>
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
        await Assert.ThrowsAnyAsync<Exception>(() => sendsTooMuch.PublishAsync(
            Topics.Batch("too-much"), new byte[TlsListener.MostReadPastBytes + 1]));

        // With the cloud its clock has stopped, so that only the connections themselves can end the wait.
        var gate = cloud.Get<GroupCommitGate>();
        await cloud.DisposeAsync();
        await gate.WaitAsync().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.True(gate.IsOpen);
    }

    private async Task AddAsync(int batches)
    {
        for (var i = 0; i < batches; i++)
            await _queue.AddAsync(
                new IncomingBatch(new Batch("gw", "s", 1, 1, DateTimeOffset.UnixEpoch, "synchronised", [], []), new byte[1]),
                CancellationToken.None);
    }
}
