using IotGateway.Cloud.Ingest.Commit;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Cloud.Tests.Ingest.Bounds;

public sealed class BatchQueueTests : IDisposable
{
    private readonly GroupCommitGate _gate = new(TimeProvider.System);
    private readonly BatchQueue _queue;
    private readonly List<IncomingBatch> _group = [];

    public BatchQueueTests() => _queue = new BatchQueue(_gate);

    public void Dispose() => _gate.Dispose();

    [Fact]
    public async Task AFullLaneMakesItsOwnGatewayWaitAndNoOther()
    {
        var thorn = 0;
        Task waiting;
        while ((waiting = _queue.AddAsync(Of("thorn", readings: 16_000), CancellationToken.None).AsTask()).IsCompleted)
            thorn++;

        Assert.InRange(thorn, 2, 20);
        Assert.True(_queue.AddAsync(Of("hill"), CancellationToken.None).AsTask().IsCompleted);
        while (!waiting.IsCompleted)
        {
            Assert.True(await _queue.TakeAsync(_group));
            await Task.Yield();
        }

        await waiting;
    }

    [Fact]
    public async Task AGroupTakesFromEachGatewayInTurn()
    {
        for (var i = 0; i < 5; i++)
            await _queue.AddAsync(Of("thorn", first: i + 1), CancellationToken.None);
        await _queue.AddAsync(Of("hill"), CancellationToken.None);
        await _queue.AddAsync(Of("vale"), CancellationToken.None);

        Assert.True(await _queue.TakeAsync(_group));

        Assert.Equal(["thorn", "hill", "vale", "thorn", "thorn", "thorn", "thorn"], _group.Select(b => b.Batch.Gateway));
        Assert.Equal([1, 2, 3, 4, 5], _group.Where(b => b.Batch.Gateway == "thorn").Select(b => b.Batch.First));
    }

    [Fact]
    public async Task ABatchOfManyDevicesWeighsMoreThanOneOfManyReadings()
    {
        var scattered = Of("thorn", Enumerable.Range(0, 2000).Select(i => TestGateway.Reading(0, 1, $"d{i}")));
        var together = Of("thorn", Enumerable.Range(0, 2000).Select(i => TestGateway.Reading(i / 1000.0, 1)));

        Assert.True(scattered.Weight > 20 * together.Weight, $"{scattered.Weight} and {together.Weight}");
        await _queue.AddAsync(scattered, CancellationToken.None);
        await _queue.AddAsync(
            Of("hill", Enumerable.Range(0, 2000).Select(i => TestGateway.Reading(0, 1, $"e{i}"))), CancellationToken.None);
        await _queue.AddAsync(Of("vale"), CancellationToken.None);
        Assert.True(await _queue.TakeAsync(_group));
        Assert.Single(_group); // the group is full by weight
    }

    [Fact]
    public void WhatAMessageHoldsBesideItsReadingsWeighsToo()
    {
        var padded = new IncomingBatch(Of("thorn").Batch, new byte[Batch.MaxBytes]);
        var taken = 0;
        while (_queue.AddAsync(padded, CancellationToken.None).AsTask().IsCompleted)
            taken++;

        Assert.InRange(taken * Batch.MaxBytes, 1, 32 * 1024 * 1024);
    }

    [Fact]
    public async Task WhatWaitsOrComesAfterTheEndIsGivenUp()
    {
        var waiting = Of("thorn");
        await _queue.AddAsync(waiting, CancellationToken.None);
        _queue.Close();
        _queue.GiveUp();
        var late = Of("thorn");
        await _queue.AddAsync(late, CancellationToken.None);

        Assert.Equal(OutcomeKind.TryAgain, (await waiting.WhenStored).Kind);
        Assert.Equal(OutcomeKind.TryAgain, (await late.WhenStored).Kind);
        Assert.False(await _queue.TakeAsync(_group));
    }

    private static IncomingBatch Of(string gateway, int readings = 1, long first = 1) =>
        Of(gateway, Enumerable.Range(0, readings).Select(i => TestGateway.Reading(i / 1000.0, 1)), first);

    private static IncomingBatch Of(string gateway, IEnumerable<Telemetry.Reading> readings, long first = 1) =>
        new(new Batch(gateway, "s", first, first, TestGateway.Noon, "", [], [.. readings]), new byte[100]);
}
