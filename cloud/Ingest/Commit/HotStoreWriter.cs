using System.Threading.Channels;
using IotGateway.Cloud.Ingest.Status;
using IotGateway.Cloud.Observations;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Cloud.Ingest.Commit;

/// <summary>Batches that are durable in the log.</summary>
/// <param name="Batches">What of them goes into the hot store.</param>
/// <param name="Newest">When the last of them was received.</param>
/// <param name="Weight">About what they cost to apply, in readings.</param>
internal sealed record DurableGroup(Batch[] Batches, DateTimeOffset Newest, long Weight);

/// <summary>
/// Writer of the hot store, behind the log: groups that waited become one transaction, so that it catches up faster the further it is
/// behind. Full, it makes the committer wait, and with it the gateways.
/// </summary>
internal sealed class HotStoreWriter(
    IObservations store, ChangeFeed changes, IngestCounters counters, Health health, TimeProvider time,
    ILogger<HotStoreWriter> log) : BackgroundService
{
    private const int MostGroups = 4096;
    private const int MostWeight = 32 * 1024;

    /// <summary>With more than these waiting there is no rest, or the committer would wait for its end.</summary>
    private const int EndOfRest = MostWeight / 2;

    /// <summary>
    /// Between two turns, so that those who look at a device hear of what came at once only once. No longer: what waits is young, and grown
    /// old it would cost the collector more than a turn does. Not waited for when much waits already.
    /// </summary>
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(10);

    private readonly Channel<DurableGroup> _groups =
        Channel.CreateBounded<DurableGroup>(new BoundedChannelOptions(MostGroups) { SingleReader = true });

    private readonly Lock _gate = new();
    private TaskCompletionSource? _resting;
    private TaskCompletionSource? _idle;
    private TaskCompletionSource? _room;
    private int _waiting;
    private long _weight;
    private bool _closed;

    /// <summary>Time of arrival of the last batch that is in the hot store.</summary>
    public DateTimeOffset Position { get; private set; }

    /// <summary>Says that the hot store has all that was received up to a time.</summary>
    public void Begin(DateTimeOffset position) => Position = position;

    /// <summary>Brings all that was added into the hot store, without a rest.</summary>
    public Task CatchUpAsync()
    {
        lock (_gate)
        {
            if (_waiting == 0)
                return Task.CompletedTask;
            _resting?.TrySetResult();
            return (_idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>Adds a group; waits while too much does.</summary>
    public async ValueTask AddAsync(DurableGroup group)
    {
        Task room;
        lock (_gate)
        {
            _waiting++;
            _weight += group.Weight;
            if (_weight > EndOfRest)
                _resting?.TrySetResult();
            room = _weight <= MostWeight
                ? Task.CompletedTask
                : (_room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }

        await _groups.Writer.WriteAsync(group, CancellationToken.None);
        await room;
    }

    /// <summary>No more will come.</summary>
    public void Close()
    {
        _groups.Writer.TryComplete();
        lock (_gate)
        {
            _closed = true;
            _resting?.TrySetResult();
        }
    }

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
                using var working = health.Working("bringing into the hot store what is stored");
                group.Clear();
                var newest = Position;
                var (taken, weight) = (0, 0L);
                while (_groups.Reader.TryRead(out var next))
                {
                    group.AddRange(next.Batches);
                    newest = next.Newest;
                    taken++;
                    weight += next.Weight;
                }

                await ApplyAsync(group, newest);
                Applied(taken, weight);
                await RestAsync();
            }
        }
        catch (Exception e)
        {
            log.StoringFailed(e);
            health.Fail($"storing failed: {e.Message}");
            _groups.Writer.TryComplete(e);
            lock (_gate)
                _room?.TrySetException(e);
            throw;
        }
    }

    private async Task RestAsync()
    {
        Task ended;
        lock (_gate)
        {
            if (_closed || _idle is not null || _weight > EndOfRest)
                return;
            ended = (_resting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }

        await Task.WhenAny(Task.Delay(Apart, time, CancellationToken.None), ended);
    }

    private void Applied(int groups, long weight)
    {
        lock (_gate)
        {
            _waiting -= groups;
            _weight -= weight;
            if (_weight <= MostWeight)
            {
                _room?.SetResult();
                _room = null;
            }

            if (_waiting > 0)
                return;
            _idle?.SetResult();
            _idle = null;
        }
    }

    private async Task ApplyAsync(List<Batch> batches, DateTimeOffset newest)
    {
        var results = await store.StoreAsync(batches, newest, CancellationToken.None);
        Position = newest;
        var devices = new HashSet<DeviceId>();
        var sums = new Dictionary<string, (int Batches, int Readings, StoreResult Result)>(StringComparer.Ordinal);
        for (var i = 0; i < batches.Count; i++)
        {
            var (batch, result) = (batches[i], results[i]);
            foreach (var reading in batch.Readings)
                devices.Add(reading.Device);
            log.BatchStored(batch.Gateway, batch.Stream, batch.First, batch.Last, result.Stored, result.Duplicates, result.Conflicts);
            var sum = sums.GetValueOrDefault(batch.Gateway);
            sums[batch.Gateway] = (sum.Batches + 1, sum.Readings + batch.Readings.Length, sum.Result + result);
        }

        changes.Publish(devices);
        foreach (var (gateway, sum) in sums)
            counters.Stored(gateway, sum.Batches, sum.Readings, sum.Result);
    }
}
