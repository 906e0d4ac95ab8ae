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
    private const int MaxGroupWeight = 32 * 1024;

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
        while (!TryAdd(batch, out var room))
            await room.WaitAsync(cancellation);
    }

    /// <summary>
    /// Waits for the next group: all that has come until nothing more is to be read, up to a bound. False when no more will come.
    /// </summary>
    public async Task<bool> TakeAsync(List<IncomingBatch> group)
    {
        group.Clear();
        int count;
        while ((count = Waiting(out var arrival)) == 0)
            await arrival;
        if (count < 0)
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

    /// <returns>False when the batch was not taken; <paramref name="room"/> ends when there may be room.</returns>
    private bool TryAdd(IncomingBatch batch, out Task room)
    {
        room = Task.CompletedTask;
        lock (_lock)
        {
            if (_closed)
            {
                batch.GiveUp();
                return true;
            }

            if (!_lanes.TryGetValue(batch.Batch.Gateway, out var lane))
                _lanes[batch.Batch.Gateway] = lane = new Lane();
            if (lane.Batches.Count > 0
                && (lane.Batches.Count == MaxLane || lane.Weight + batch.Weight > MaxLaneWeight || _weight + batch.Weight > MaxWeight))
            {
                room = (_room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
                return false;
            }

            if (lane.Batches.Count == 0)
                _turns.Enqueue(lane);
            lane.Batches.Enqueue(batch);
            lane.Weight += batch.Weight;
            _weight += batch.Weight;
            _count++;
            _arrival?.TrySetResult();
            if (_count >= WorthASync)
                gate.Open();
            return true;
        }
    }

    /// <returns>How many batches wait; 0 when the next is to be waited for, below when none will come.</returns>
    private int Waiting(out Task arrival)
    {
        arrival = Task.CompletedTask;
        lock (_lock)
        {
            _arrival = null;
            if (_count > 0)
                return _count;
            if (_closed)
                return -1;
            arrival = (_arrival = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            return 0;
        }
    }

    private sealed class Lane
    {
        public Queue<IncomingBatch> Batches { get; } = [];

        public long Weight { get; set; }
    }
}
