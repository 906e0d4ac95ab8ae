using IotGateway.Edge.Settings;
using IotGateway.Storage.Files;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Clock;

/// <summary>
/// The gateway's time. A Raspberry Pi starts without knowing it, so until someone trustworthy tells (NTP by the kernel's account, or a
/// trusted source), packs are stamped by the monotonic clock (<see cref="Clock.Stamp"/>) and put right on their way out. Once known, the
/// time runs on with the monotonic clock: a step of the system's clock moves nothing.
/// </summary>
internal sealed class GatewayClock
{
    /// <summary>
    /// Time for which a clock that nothing keeps any more counts as right: at 50 ppm, an ordinary crystal, it is then 4 s off.
    /// </summary>
    private static readonly TimeSpan Holdover = TimeSpan.FromHours(24);

    /// <summary>A step of the system's clock by more than this is a jump; NTP slews smaller errors.</summary>
    private static readonly TimeSpan Jump = TimeSpan.FromMilliseconds(500);

    /// <summary>Silence after which, when nobody asked whether a pack may go, the way out was closed, and the hold begins anew.</summary>
    private static readonly TimeSpan AskedOften = TimeSpan.FromMinutes(1);

    private readonly ClockOptions _options;
    private readonly BootRegistry _boots;
    private readonly LiveTuning _tuning;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Func<ClockReport> _ask;
    private readonly string _boot;
    private readonly SourceTime _source = new();
    private readonly Lock _gate = new();
    private readonly DateTimeOffset _firstZero;
    private DateTimeOffset? _zero;
    private DateTimeOffset _lastWallZero;
    private TimeSpan _lastToldAt;
    private bool _warned;
    private TimeSpan _askedSince;
    private TimeSpan? _askedLast;
    private ClockState _state;

    public GatewayClock(ClockOptions options, BootRegistry boots, LiveTuning tuning, TimeProvider time, ILogger<GatewayClock> log)
        : this(options, boots, tuning, time, log, KernelClock.Read, KernelClock.BootId())
    {
    }

    /// <summary>With the system's answers given.</summary>
    internal GatewayClock(
        ClockOptions options, BootRegistry boots, LiveTuning tuning, TimeProvider time, ILogger log, Func<ClockReport> ask, string boot)
    {
        (_options, _boots, _tuning, _time, _log, _ask, _boot) = (options, boots, tuning, time, log, ask, boot);
        _firstZero = _lastWallZero = WallZero();
        if (boots.Find(boot) is { Zero: { } zero } && Calendar.Holds(zero + Uptime))
        {
            // Another process of this run of the machine knew the time; the monotonic clock has gone on since.
            _zero = zero;
            _lastToldAt = Uptime;
        }

        _state = new ClockState(
            "unknown", _zero is null ? "nobody" : "earlier", time.GetUtcNow(), _zero is not null, null, 0, null, null, 0, 0, 0);
        Look();
    }

    public ClockState State
    {
        get
        {
            lock (_gate)
                return _state;
        }
    }

    /// <summary>The monotonic clock since the machine's start.</summary>
    private TimeSpan Uptime => _time.GetElapsedTime(0);

    /// <summary>The best time to be had, of a moment by its <see cref="TimeProvider.GetTimestamp"/>.</summary>
    public DateTimeOffset At(long timestamp)
    {
        lock (_gate)
            return (_zero ?? WallZero()) + _time.GetElapsedTime(0, timestamp);
    }

    /// <summary>
    /// A moment's time as the readings of one pack are timed: by the pack's stamp where it has one, so that one shift puts all of it right.
    /// </summary>
    public DateTimeOffset At(long timestamp, Stamp? stamp) =>
        stamp is null ? At(timestamp) : stamp.Zero + _time.GetElapsedTime(0, timestamp);

    /// <summary>The best time to be had.</summary>
    public DateTimeOffset Now() => At(_time.GetTimestamp());

    /// <summary>True when the time is known.</summary>
    public bool Known
    {
        get
        {
            lock (_gate)
                return _zero is not null;
        }
    }

    /// <summary>Stamp of what is read now; null when the time is known, or it was given up to put this run's readings right.</summary>
    public Stamp? Stamp()
    {
        lock (_gate)
            return _zero is null && _boots.Find(_boot) is null ? new Stamp(_boot, WallZero(), false) : null;
    }

    /// <summary>Looks at the system's clock; called every few seconds.</summary>
    public void Look()
    {
        var report = _ask();
        lock (_gate)
        {
            var wallZero = WallZero();
            var step = wallZero - _lastWallZero;
            _lastWallZero = wallZero;
            if (step.Duration() > Jump)
            {
                _log.Jumped(step.TotalSeconds);
                _state = _state with { Jumps = _state.Jumps + 1, LastJumpSeconds = step.TotalSeconds };
            }

            _state = _state with { MaxErrorSeconds = report.MaxError?.TotalSeconds };
            if (Calendar.Holds(_time.GetUtcNow()) && (report.Synchronised == true || _options.TrustSystem))
                Told(wallZero, report.Synchronised == true ? "ntp" : "system");
            else if (_source.Zero is { } bySource && _source.Zero != _zero)
                Told(bySource, "source");
            else if (_zero is not null && Uptime - _lastToldAt <= Holdover)
                Become("synchronised", _state.By);
            else
                NotTold(report);
        }
    }

    /// <summary>A source's time of an event that came in; used when the source is the trusted one and the time can be right.</summary>
    public void Note(string source, DateTimeOffset? told, long timestamp)
    {
        if (told is not { } time || _options.TrustSource.Length == 0 || source != _options.TrustSource)
            return;
        lock (_gate)
        {
            if (Calendar.Holds(time))
            {
                _source.Note(time, _time.GetElapsedTime(0, timestamp));
                return;
            }

            // What waited since before this program was built tells no time, and is no fault.
            if (Calendar.HoldsEvent(time))
                return;
            if (_state.Impossible == 0)
                _log.Impossible(source, time, Calendar.Earliest, Calendar.End);
            _state = _state with { Impossible = _state.Impossible + 1 };
        }
    }

    /// <summary>
    /// True when what is stamped so must wait, because the time may yet become known that it hangs on. Asked whenever the way out is open:
    /// where there is no network there is no NTP either, so an outage does not count towards the hold.
    /// </summary>
    public bool MustWait(Stamp stamp) => stamp.Waits && stamp.Boot == _boot && DecidedAtLast() is null;

    /// <summary>The decision about a stamp's run of the machine; null while there is none.</summary>
    public BootRecord? DecisionOn(Stamp stamp) => _boots.Find(stamp.Boot);

    /// <summary>Counts readings of a pack that were put right by a shift.</summary>
    public void CountRetimed(int readings, TimeSpan shift)
    {
        lock (_gate)
            _state = _state with { CorrectionSeconds = shift.TotalSeconds, Retimed = _state.Retimed + readings };
    }

    /// <summary>Counts readings that go out as estimated.</summary>
    public void CountUnsure(int readings)
    {
        lock (_gate)
            _state = _state with { SentUnsure = _state.SentUnsure + readings };
    }

    /// <summary>
    /// The decision about this run of the machine, given up when the hold is over; null while the time may yet become known.
    /// </summary>
    private BootRecord? DecidedAtLast()
    {
        lock (_gate)
        {
            var now = Uptime;
            if (_askedLast is not { } last || now - last > AskedOften)
                _askedSince = now;
            _askedLast = now;
            if (_boots.Find(_boot) is { } made)
                return made;
            if (_zero is null && now - _askedSince < TimeSpan.FromMinutes(_options.HoldMinutes))
                return null;
            if (_zero is null)
                _log.GaveUp(_options.HoldMinutes);
            return Decide();
        }
    }

    private BootRecord? Decide()
    {
        try
        {
            return _boots.Decide(new BootRecord(_boot, _zero is { } zero ? Reading.ToMilliseconds(zero) : null, _tuning.Now.FutureSeconds));
        }
        catch (Exception e) when (e.IsFromDisk())
        {
            _log.NotDecided(e.Message);
            return null;
        }
    }

    private void Told(DateTimeOffset zero, string by)
    {
        var first = _zero is null;
        _zero = zero;
        _lastToldAt = Uptime;
        Become("synchronised", by);
        if (!first)
            return;
        _state = _state with { Known = true };
        _log.Known(by, (zero - _firstZero).TotalSeconds);
        Decide();
    }

    private void NotTold(ClockReport report)
    {
        if (_zero is not null && _state.State == "synchronised")
            _log.Adrift(Holdover.TotalHours);
        if (_zero is null && !_warned)
            _log.Unsure(_options.HoldMinutes);
        _warned = true;
        Become(report.Synchronised is null ? "unknown" : "unsynchronised", _zero is null ? "nobody" : _state.By);
    }

    private void Become(string state, string by)
    {
        if (_state.State != state || _state.By != by)
            _state = _state with { State = state, By = by, Since = (_zero ?? WallZero()) + Uptime };
    }

    private DateTimeOffset WallZero() => _time.GetUtcNow() - Uptime;
}
