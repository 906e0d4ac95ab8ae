using IotGateway.Hosting;
using IotGateway.Edge.Forwarding.Cloud;

namespace IotGateway.Edge.Forwarding.Lanes;

/// <summary>Record of the forwarding's state, for the status page.</summary>
internal sealed class ForwardingStatus
{
    /// <summary>Time for which a take-over stands as a problem: the other gateway is there, whoever has the name now.</summary>
    private static readonly TimeSpan TakenOverStands = TimeSpan.FromHours(24);

    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly Dictionary<Lane, long> _sent = new() { [Lane.Alarm] = 0, [Lane.Live] = 0, [Lane.Backlog] = 0 };
    private readonly Dictionary<Lane, MinuteRate> _rates;
    private ForwardingState _state;
    private long _sinceTimestamp;
    private long? _unheardSince;
    private (long Times, long Timestamp, DateTimeOffset At) _takenOver;

    public ForwardingStatus(ForwardingOptions options, TimeProvider time)
    {
        _time = time;
        _sinceTimestamp = time.GetTimestamp();
        _rates = _sent.Keys.ToDictionary(l => l, _ => new MinuteRate(time));
        _state = new ForwardingState(
            $"{options.Host}:{options.Port}", false, time.GetUtcNow(), TimeSpan.Zero, 0, _sent, new Dictionary<Lane, double>(), 0, null, 0,
            null, TimeSpan.Zero, null, null);
    }

    public ForwardingState State
    {
        get
        {
            lock (_gate)
            {
                return _state with
                {
                    Lasting = _time.GetElapsedTime(_sinceTimestamp),
                    Unheard = _unheardSince is { } since ? _time.GetElapsedTime(since) : TimeSpan.Zero,
                    TakenOver = TakenOverLately(),
                    SentByLane = new Dictionary<Lane, long>(_sent),
                    RateByLane = _rates.ToDictionary(r => r.Key, r => r.Value.PerSecond),
                };
            }
        }
    }

    public void Connected() => Change(s =>
    {
        // What was sent on the last connection is not waited for on this one.
        _unheardSince = null;
        _sinceTimestamp = _time.GetTimestamp();
        return s with { Connected = true, Since = _time.GetUtcNow(), Unanswered = 0 };
    });

    public void Lost(string reason) => Change(s =>
    {
        var now = _time.GetUtcNow();
        if (s.Connected)
            _sinceTimestamp = _time.GetTimestamp();
        return s with { Connected = false, Since = s.Connected ? now : s.Since, LastError = $"{now:O} {reason}" };
    });

    /// <summary>The connection ended because another client came under this gateway's name.</summary>
    public void TakenOver()
    {
        lock (_gate)
            _takenOver = (_takenOver.Times + 1, _time.GetTimestamp(), _time.GetUtcNow());
    }

    public void Sent(Lane lane, int readings, int bytes, int unanswered) => Change(s =>
    {
        _unheardSince ??= _time.GetTimestamp();
        _sent[lane] += readings;
        _rates[lane].Add(readings);
        return s with { SentBytes = s.SentBytes + bytes, Unanswered = unanswered };
    });

    public void Answered(int unanswered) => Change(s =>
    {
        _unheardSince = unanswered > 0 ? _time.GetTimestamp() : null;
        return s with { LastAnswer = _time.GetUtcNow(), Unanswered = unanswered };
    });

    /// <summary>The broker lets this gateway publish no batches.</summary>
    public void Denied(string reason) => Change(s => s with { Denied = s.Denied ?? $"{_time.GetUtcNow():u}: {reason}" });

    /// <summary>The broker has taken a batch.</summary>
    public void Taken() => Change(s => s with { Denied = null });

    public void Refused() => Change(s => s with { Refused = s.Refused + 1 });

    private string? TakenOverLately() =>
        _takenOver.Times > 0 && _time.GetElapsedTime(_takenOver.Timestamp) < TakenOverStands
            ? $"{Counted.Of(_takenOver.Times, "time", "times")} since the start, the last {_takenOver.At:u}"
            : null;

    private void Change(Func<ForwardingState, ForwardingState> change)
    {
        lock (_gate)
            _state = change(_state);
    }
}
