using IotGateway.Edge.Buffer;
using IotGateway.Telemetry;
using SequenceRange = IotGateway.Telemetry.SequenceRange;

namespace IotGateway.Edge.Uplinks;

/// <summary>A message's worth of buffered batches: a run of sequences without a hole, from one lane.</summary>
internal sealed record Parcel(Lane Lane, SequenceRange Range, int Readings, IReadOnlyList<BufferedBatch> Batches);

/// <summary>
/// What of the buffer to send next on one connection. It remembers what was sent and not answered, so that nothing goes twice while an
/// answer may still come; a new connection, or an answer that is overdue, forgets it, and all that is unanswered goes again.
/// </summary>
internal sealed class Outbox
{
    /// <summary>Bytes of packs put in one message, before compression; leaves room for the envelope under the limit of 128 KB.</summary>
    private const long ParcelBytes = 124 * 1024;

    private const int ParcelBatches = 512;

    private readonly BatchBuffer _buffer;
    private readonly string _uplink;
    private readonly LaneShare _share;
    private readonly TimeProvider _time;
    private readonly TimeSpan _patience;
    private readonly SortedDictionary<long, (SequenceRange Range, long SentAt)> _unanswered = [];
    private long _liveFrom;
    private long _nextLive;
    private long _nextBacklog;
    private long _nextAlarm;
    private List<BufferedBatch>? _live;
    private List<BufferedBatch>? _backlog;

    public Outbox(BatchBuffer buffer, string uplink, double backlogShare, TimeSpan patience, TimeProvider time)
    {
        (_buffer, _uplink, _share, _patience, _time) = (buffer, uplink, new LaneShare(backlogShare), patience, time);
        Restart();
    }

    /// <summary>The share that the backlog gets, 0 to 1.</summary>
    public double BacklogShare
    {
        set => _share.BacklogShare = value;
    }

    /// <summary>Messages sent and not yet answered.</summary>
    public int Unanswered => _unanswered.Count;

    /// <summary>Begins a connection: what is in the buffer now is backlog, what comes is live.</summary>
    public void Restart()
    {
        _unanswered.Clear();
        _liveFrom = _buffer.Status.LastSequence + 1;
        _nextLive = _liveFrom;
        _nextBacklog = 0;
        _nextAlarm = 0;
        _live = _backlog = null;
    }

    /// <summary>The next parcel; null when all that is buffered was sent.</summary>
    public Parcel? Next()
    {
        if (Run(_nextAlarm, long.MaxValue, BatchKind.Alarm) is { } alarm)
            return Take(Lane.Alarm, alarm, ref _nextAlarm);

        _live ??= Run(_nextLive, long.MaxValue, null);
        _backlog ??= Run(_nextBacklog, _liveFrom, null);
        switch (_share.Next(_live is not null, _backlog is not null))
        {
            case Lane.Live:
                var live = _live!;
                _live = null;
                return Take(Lane.Live, live, ref _nextLive);
            case Lane.Backlog:
                var backlog = _backlog!;
                _backlog = null;
                return Take(Lane.Backlog, backlog, ref _nextBacklog);
            default:
                return null;
        }
    }

    /// <summary>Notes an answer to these sequences.</summary>
    public void Answered(long first, long last)
    {
        foreach (var key in _unanswered.Where(u => u.Value.Range.First >= first && u.Value.Range.Last <= last).Select(u => u.Key).ToArray())
            _unanswered.Remove(key);
    }

    /// <summary>Whether an answer has been due for longer than the patience; then all that is unanswered must go again.</summary>
    public bool IsOverdue() => _unanswered.Values.Any(u => _time.GetElapsedTime(u.SentAt) > _patience);

    private Parcel Take(Lane lane, List<BufferedBatch> run, ref long next)
    {
        var range = new SequenceRange(run[0].Sequence, run[^1].Sequence);
        next = range.Last + 1;
        _unanswered[range.First] = (range, _time.GetTimestamp());
        return new Parcel(lane, range, run.Sum(b => b.Readings), run);
    }

    /// <summary>The first run of sequences without a hole from <paramref name="from"/> that was not sent yet.</summary>
    private List<BufferedBatch>? Run(long from, long before, BatchKind? kind)
    {
        var batches = _buffer.Read(_uplink, from, ParcelBatches, ParcelBytes, kind);
        var run = new List<BufferedBatch>();
        foreach (var batch in batches)
        {
            if (batch.Sequence >= before)
                break;
            if (IsSent(batch.Sequence))
            {
                if (run.Count > 0)
                    break;
                continue;
            }

            if (run.Count > 0 && batch.Sequence != run[^1].Sequence + 1)
                break;
            run.Add(batch);
        }

        return run.Count > 0 ? run : null;
    }

    private bool IsSent(long sequence) => _unanswered.Values.Any(u => u.Range.First <= sequence && sequence <= u.Range.Last);
}
