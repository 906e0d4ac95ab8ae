using IotGateway.Edge.Buffer;
using IotGateway.Edge.Buffer.Batches;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Edge.Forwarding.Lanes;

/// <summary>A message's worth of buffered batches: a run of sequences without a hole, from one lane.</summary>
internal sealed record Parcel(Lane Lane, SequenceRange Range, int Readings, IReadOnlyList<BufferedBatch> Batches);

/// <summary>
/// Order in which the buffer is sent on one connection. It remembers what was sent and not answered, so that nothing goes twice while an
/// answer may still come; a new connection forgets it all, an answer that is overdue forgets that message, and it goes again.
/// </summary>
internal sealed class Outbox
{
    /// <summary>The buffer's name for the cloud as a destination of batches.</summary>
    public const string Destination = "cloud";

    /// <summary>Time that an answer may take before a message goes again.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Bytes of packs put in one message, before compression; leaves room for the envelope under the limit of 128 KB.</summary>
    private const long ParcelBytes = 124 * 1024;

    private const int ParcelBatches = 512;

    /// <summary>Messages sent on a new connection before the first answer; each answer allows one more, up to the window.</summary>
    private const int FirstMessages = 2;

    /// <summary>
    /// While the oldest message waits longer than this, no more is sent: on a thin line more would only queue in front of the keep-alive.
    /// </summary>
    private static readonly TimeSpan SlowLine = TimeSpan.FromSeconds(5);

    private readonly BatchBuffer _buffer;
    private readonly string _destination;
    private readonly LaneShare _share;
    private readonly TimeProvider _time;
    private readonly TimeSpan _patience;
    private readonly Func<ReadOnlyMemory<byte>, bool> _mustWait;
    private readonly SortedDictionary<long, (SequenceRange Range, long SentAt)> _unanswered = [];
    private readonly SequenceSet _alone = new();
    private readonly SequenceSet _everSent = new();
    private int _allowed = FirstMessages;
    private long _liveFrom;
    private long _nextLive;
    private long _nextBacklog;
    private long _nextAlarm;
    private List<BufferedBatch>? _live;
    private List<BufferedBatch>? _backlog;
    private ReadOnlyMemory<byte>? _waiting;

    /// <param name="buffer">What to send from.</param>
    /// <param name="destination">The buffer's name for where it goes.</param>
    /// <param name="backlogShare">See <see cref="LaneShare"/>.</param>
    /// <param name="patience">How long an answer may take.</param>
    /// <param name="time">The clock of the patience.</param>
    /// <param name="mustWait">Whether a pack may not go out yet; it is passed over until it may.</param>
    public Outbox(
        BatchBuffer buffer, string destination, double backlogShare, TimeSpan patience, TimeProvider time,
        Func<ReadOnlyMemory<byte>, bool> mustWait)
    {
        (_buffer, _destination, _share, _patience, _time, _mustWait) = (
            buffer, destination, new LaneShare(backlogShare), patience, time, mustWait);
        Restart();
    }

    /// <summary>The share that the backlog gets, 0 to 1.</summary>
    public double BacklogShare
    {
        set => _share.BacklogShare = value;
    }

    /// <summary>Messages sent and not yet answered.</summary>
    public int Unanswered => _unanswered.Count;

    /// <summary>
    /// True when the line bears another message: fewer than <paramref name="window"/> wait for an answer, and none has for long.
    /// </summary>
    public bool MaySend(int window) =>
        _unanswered.Count < Math.Min(window, _allowed) && !_unanswered.Values.Any(u => _time.GetElapsedTime(u.SentAt) > SlowLine);

    /// <summary>The part of a range that this process has sent, on this connection or an earlier one.</summary>
    public IReadOnlyList<SequenceRange> Sent(long first, long last) => [.. _everSent.Inside(first, last)];

    /// <summary>The buffer goes on under a new stream id: nothing was sent under it, and all that is held goes again.</summary>
    public void BeginStream()
    {
        _unanswered.Clear();
        _everSent.Remove(0, long.MaxValue);
        Rewind();
    }

    /// <summary>Begins a connection: what is in the buffer now is backlog, what comes is live.</summary>
    public void Restart()
    {
        _unanswered.Clear();
        _allowed = FirstMessages;
        _liveFrom = _buffer.Status.LastSequence + 1;
        Rewind();
    }

    /// <summary>The next parcel; null when all that is buffered was sent.</summary>
    public Parcel? Next()
    {
        if (_waiting is { } pack && !_mustWait(pack))
            Rewind();
        if (Run(ref _nextAlarm, long.MaxValue, BatchKind.Alarm) is { } alarm)
        {
            // A run found earlier may hold these alarms.
            _live = _backlog = null;
            return Take(Lane.Alarm, alarm, ref _nextAlarm);
        }

        _live ??= Run(ref _nextLive, long.MaxValue, null);
        _backlog ??= Run(ref _nextBacklog, _liveFrom, null);
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

    /// <summary>Notes an answer to these sequences; of a message answered in part, the rest is still awaited.</summary>
    public void Answered(long first, long last)
    {
        foreach (var (range, sentAt) in _unanswered.Values.Where(u => u.Range.First <= last && u.Range.Last >= first).ToArray())
        {
            _unanswered.Remove(range.First);
            _allowed = Math.Min(_allowed + 1, 1000);
            if (range.First < first)
                _unanswered[range.First] = (new SequenceRange(range.First, first - 1), sentAt);
            if (range.Last > last)
                _unanswered[last + 1] = (new SequenceRange(last + 1, range.Last), sentAt);
        }
    }

    /// <summary>
    /// Forgets messages whose answer has been due for longer than the patience, so that they go again; false when there are none. What
    /// is in the buffer now is backlog then: the cloud was away, and what is new must not wait behind it.
    /// </summary>
    public bool ForgetOverdue()
    {
        var overdue = _unanswered.Where(u => _time.GetElapsedTime(u.Value.SentAt) > _patience).Select(u => u.Key).ToArray();
        if (overdue.Length == 0)
            return false;
        foreach (var first in overdue)
            _unanswered.Remove(first);
        _liveFrom = _buffer.Status.LastSequence + 1;
        Rewind();
        return true;
    }

    /// <summary>Takes back a message of several sequences, which then go in a message each; false when they do already.</summary>
    public bool SendAlone(long first, long last)
    {
        if (last <= first || _alone.Contains(first, last))
            return false;
        _alone.Add(first, last);
        Answered(first, last);
        Rewind();
        return true;
    }

    /// <summary>True when a message with this sequence awaits its answer.</summary>
    public bool IsSent(long sequence) => EndOfSent(sequence) is not null;

    private void Rewind()
    {
        _nextLive = _liveFrom;
        _nextBacklog = 0;
        _nextAlarm = 0;
        _live = _backlog = null;
        _waiting = null;
    }

    private Parcel Take(Lane lane, List<BufferedBatch> run, ref long next)
    {
        var range = new SequenceRange(run[0].Sequence, run[^1].Sequence);
        next = range.Last + 1;
        _unanswered[range.First] = (range, _time.GetTimestamp());
        _everSent.Add(range.First, range.Last);
        return new Parcel(lane, range, run.Sum(b => b.Readings), run);
    }

    /// <summary>
    /// The first run of sequences without a hole from <paramref name="from"/> that was not sent yet and need not wait. What is passed over
    /// is not looked at again before a rewind: a week that waits for the time must not be read for each live message.
    /// </summary>
    private List<BufferedBatch>? Run(ref long from, long before, BatchKind? kind)
    {
        while (true)
        {
            while (EndOfSent(from) is { } end)
                from = end + 1;
            var batches = from < before ? _buffer.Read(_destination, from, ParcelBatches, ParcelBytes, kind) : [];
            if (batches.Count == 0)
                return null;

            var run = new List<BufferedBatch>();
            foreach (var batch in batches)
            {
                var isNext = run.Count == 0
                    || (batch.Sequence == run[^1].Sequence + 1 && !IsAlone(batch.Sequence) && !IsAlone(run[^1].Sequence));
                if (batch.Sequence >= before || (run.Count > 0 && !isNext))
                    break;
                var waits = _mustWait(batch.Payload);
                if (waits)
                    _waiting ??= batch.Payload;
                if (!waits && !IsSent(batch.Sequence))
                    run.Add(batch);
                else if (run.Count > 0)
                    break;
            }

            if (run.Count > 0)
                return run;
            from = batches[^1].Sequence + 1;
        }
    }

    private bool IsAlone(long sequence) => _alone.Contains(sequence, sequence);

    private long? EndOfSent(long sequence)
    {
        foreach (var (range, _) in _unanswered.Values)
        {
            if (range.First <= sequence && sequence <= range.Last)
                return range.Last;
        }

        return null;
    }
}
