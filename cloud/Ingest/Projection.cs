using System.Threading.Channels;
using IotGateway.Cloud.Observations;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Ingest;

/// <summary>Batches that are durable in the log, and when the last of them was received.</summary>
internal sealed record DurableGroup(Batch[] Batches, DateTimeOffset Newest);

/// <summary>
/// Brings the hot store up behind the log: groups that waited become one transaction, so that it catches up faster the further it is behind.
/// Full, it makes the committer wait, and with it the gateways.
/// </summary>
internal sealed class Projection(
    IObservations store, ChangeFeed changes, IngestCounters counters, HotStoreFile hotStore, Health health, ILogger<Projection> log) : BackgroundService
{
    private const int MostGroups = 16;

    private readonly Channel<DurableGroup> _groups = Channel.CreateBounded<DurableGroup>(new BoundedChannelOptions(MostGroups) { SingleReader = true });

    private readonly Lock _gate = new();
    private TaskCompletionSource? _idle;
    private int _waiting;

    /// <summary>When the last batch was received that is in the hot store.</summary>
    public DateTimeOffset Position { get; private set; }

    /// <summary>Says that the hot store has all that was received up to a time.</summary>
    public void Begin(DateTimeOffset position) => Position = position;

    /// <summary>Ends when all that was added is in the hot store.</summary>
    public Task Idle
    {
        get
        {
            lock (_gate)
                return _waiting == 0 ? Task.CompletedTask : (_idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    public ValueTask Add(DurableGroup group)
    {
        lock (_gate)
            _waiting++;
        return _groups.Writer.WriteAsync(group, CancellationToken.None);
    }

    /// <summary>No more will come.</summary>
    public void Close() => _groups.Writer.TryComplete();

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        if (ExecuteTask is { } running)
            await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var group = new List<Batch>();
        try
        {
            while (await _groups.Reader.WaitToReadAsync(CancellationToken.None))
            {
                group.Clear();
                var newest = Position;
                var taken = 0;
                while (_groups.Reader.TryRead(out var next))
                {
                    group.AddRange(next.Batches);
                    newest = next.Newest;
                    taken++;
                }

                await Apply(group, newest);
                Applied(taken);
            }
        }
        catch (Exception e)
        {
            log.StoringFailed(e);
            health.Fail($"storing failed: {e.Message}");
            _groups.Writer.TryComplete(e);
            throw;
        }
    }

    private void Applied(int groups)
    {
        lock (_gate)
        {
            _waiting -= groups;
            if (_waiting > 0)
                return;
            _idle?.SetResult();
            _idle = null;
        }
    }

    private async Task Apply(List<Batch> batches, DateTimeOffset newest)
    {
        var results = await Stored(batches, newest);
        Position = newest;
        changes.Publish(batches.SelectMany(b => b.Readings).Select(r => r.Device).Distinct());
        for (var i = 0; i < batches.Count; i++)
        {
            var (batch, result) = (batches[i], results[i]);
            counters.Stored(batch.Gateway, batch.Readings.Length, result);
            log.BatchStored(batch.Gateway, batch.Stream, batch.First, batch.Last, result.Stored, result.Duplicates, result.Conflicts);
        }
    }

    private async Task<IReadOnlyList<StoreResult>> Stored(List<Batch> batches, DateTimeOffset newest)
    {
        if (store is not LiteObservations lite)
            return await store.Store(batches, CancellationToken.None);

        try
        {
            return lite.Store(batches, newest);
        }
        catch (Exception e) when (e is not IOException)
        {
            // A full disk is no fault of the file; anything else may be, and the log and the raw lake have it all.
            hotStore.Suspect();
            throw;
        }
    }
}
