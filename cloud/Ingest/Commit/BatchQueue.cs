namespace IotGateway.Cloud.Ingest.Commit;

/// <summary>
/// Queue of batches between those who receive them and the committer, a lane a gateway: full, a lane makes its own gateway wait and no
/// other. A group takes from the lanes in turn, so that a gateway that sends much delays the others by no more than a group.
/// </summary>
internal sealed class BatchQueue(GroupCommitGate gate)
{
    /// <summary>A client's window is larger, so that some of its messages are read while others are synced.</summary>
    private const int MaxGroup = 512;

    /// <summary>So many share a sync that it costs each little.</summary>
    private const int WorthASync = 256;

    private const int MaxGroupBytes = 1024 * 1024;
    private const int MaxGroupWeight = 256 * 1024;

    private const int MaxLane = 1024;
    private const int MaxLaneWeight = 256 * 1024;

    /// <summary>With more than this waiting, a lane takes no second batch.</summary>
    private const int MaxWeight = 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Lane> _lanes = new(StringComparer.Ordinal);
    private readonly Queue<Lane> _turns = [];
    private TaskCompletionSource? _arrival;
    private TaskCompletionSource? _room;
    private int _count;
    private long _weight;
    private bool _closed;

    /// <summary>Adds a batch; waits while its gateway has too much in the queue. One that comes after the end is given up.</summary>
    public async ValueTask AddAsync(IncomingBatch batch, CancellationToken cancellation)
    {
        while (TryAdd(batch) is { } room)
            await room.WaitAsync(cancellation);
    }

    /// <summary>
    /// Waits for the next group: all that has come until nothing more is to be read, up to a bound. False when no more will come.
    /// </summary>
    public async Task<bool> TakeAsync(List<IncomingBatch> group)
    {
        group.Clear();
        while (Arrival() is { } arrival)
            await arrival;

        int count;
        lock (_lock)
            count = _count;
        if (count == 0)
            return false;
        if (count < WorthASync)
            await gate.WaitAsync();

        lock (_lock)
        {
            var (bytes, weight) = (0, 0L);
            while (group.Count < MaxGroup && bytes < MaxGroupBytes && weight < MaxGroupWeight && _turns.TryDequeue(out var lane))
            {
                var batch = lane.Batches.Dequeue();
                lane.Weight -= batch.Weight;
                _weight -= batch.Weight;
                _count--;
                group.Add(batch);
                bytes += batch.Bytes.Length;
                weight += batch.Weight;
                if (lane.Batches.Count > 0)
                    _turns.Enqueue(lane);
                else
                    _lanes.Remove(batch.Batch.Gateway);
            }

            _room?.SetResult();
            _room = null;
        }

        return group.Count > 0;
    }

    /// <summary>No more will come.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            _arrival?.TrySetResult();
            _room?.TrySetResult();
            _room = null;
        }
    }

    /// <summary>Gives up what waits.</summary>
    public void GiveUp()
    {
        lock (_lock)
        {
            foreach (var batch in _lanes.Values.SelectMany(l => l.Batches))
                batch.GiveUp();
            _lanes.Clear();
            _turns.Clear();
            (_count, _weight) = (0, 0);
        }
    }

    /// <returns>What ends when there may be room; null when the batch was taken.</returns>
    private Task? TryAdd(IncomingBatch batch)
    {
        lock (_lock)
        {
            if (_closed)
            {
                batch.GiveUp();
                return null;
            }

            if (!_lanes.TryGetValue(batch.Batch.Gateway, out var lane))
                _lanes[batch.Batch.Gateway] = lane = new Lane();
            if (lane.Batches.Count > 0
                && (lane.Batches.Count == MaxLane || lane.Weight + batch.Weight > MaxLaneWeight || _weight + batch.Weight > MaxWeight))
                return (_room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

            if (lane.Batches.Count == 0)
                _turns.Enqueue(lane);
            lane.Batches.Enqueue(batch);
            lane.Weight += batch.Weight;
            _weight += batch.Weight;
            _count++;
            _arrival?.TrySetResult();
            if (_count >= WorthASync)
                gate.Open();
            return null;
        }
    }

    /// <summary>The arrival of the next batch; null when one is there, or none will come.</summary>
    private Task? Arrival()
    {
        lock (_lock)
        {
            _arrival = null;
            return _count > 0 || _closed
                ? null
                : (_arrival = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    private sealed class Lane
    {
        public Queue<IncomingBatch> Batches { get; } = [];

        public long Weight { get; set; }
    }
}
