using System.Globalization;
using IotGateway.Edge.Clock;
using IotGateway.Edge.Forwarding.Cloud;
using IotGateway.Edge.Packs;
using IotGateway.Edge.Settings;
using IotGateway.Edge.Tests.Buffer.Disks;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using Calendar = IotGateway.Edge.Clock.Calendar;

namespace IotGateway.Edge.Tests.Clock;

public sealed class GatewayClockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LiveTuning _tuning = new(new ForwardingOptions().Tuning(new ThresholdOptions()));
    private readonly SetClock _time = new();
    private ClockReport _system = new(false, TimeSpan.FromSeconds(16));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AClockThatNtpKeepsIsBelieved()
    {
        _system = new ClockReport(true, TimeSpan.FromMilliseconds(12));
        var clock = Open();

        Assert.Null(clock.Stamp());
        Assert.Equal(
            ("synchronised", "ntp", true, 0.012), (clock.State.State, clock.State.By, clock.State.Known, clock.State.MaxErrorSeconds));
    }

    [Fact]
    public void NoTimeBeforeTheProgramWasBuiltIsBelieved()
    {
        _system = new ClockReport(true, TimeSpan.Zero);
        _time.Wall = new DateTimeOffset(2021, 6, 19, 0, 0, 0, TimeSpan.Zero);

        Assert.NotNull(Open(new ClockOptions { TrustSystem = true }).Stamp());
    }

    [Theory]
    [InlineData(false, "unsynchronised")]
    [InlineData(null, "unknown")]
    public void AClockThatNobodyKeepsIsNotBelieved(bool? answer, string state)
    {
        _system = new ClockReport(answer, null);

        Assert.Equal((state, false), (Open().State.State, Open().State.Known));
        Assert.NotNull(Open().Stamp());
        Assert.Null(Open(new ClockOptions { TrustSystem = true }).Stamp());
    }

    [Fact]
    public void WhatWasReadBeforeTheTimeWasKnownWaitsAndIsPutRight()
    {
        _time.Wall = DateTimeOffset.UnixEpoch;
        var clock = Open();
        var pack = Pack(clock);
        Assert.True(Packs(clock).MustWait(pack));

        _time.Pass(TimeSpan.FromSeconds(20));
        _time.Wall = SetClock.Now;
        _system = new ClockReport(true, TimeSpan.Zero);
        clock.Look();

        Assert.False(Packs(clock).MustWait(pack));
        var reading = Assert.Single(Senml.Read(Packs(clock).Resolve(pack).Span));
        Assert.Equal((SetClock.Now.AddSeconds(-20), Quality.GatewayTime | Quality.Retimed), (reading.Time, reading.Quality));
        Assert.Null(StampedPack.StampOf(Packs(clock).Resolve(pack).Span));
        Assert.Equal((SetClock.Now.AddSeconds(-20) - DateTimeOffset.UnixEpoch).TotalSeconds, clock.State.CorrectionSeconds!.Value, 3);
    }

    [Fact]
    public void TheSameBatchHasTheSameTimesAfterARestart()
    {
        _time.Wall = DateTimeOffset.UnixEpoch;
        var pack = Pack(Open());
        _time.Wall = SetClock.Now;
        _system = new ClockReport(true, TimeSpan.Zero);
        var sent = Packs(Open()).Resolve(pack).ToArray();

        // NTP corrects a little more; the gateway starts anew, then the machine, which does not know the time again.
        _time.Wall += TimeSpan.FromMilliseconds(40);
        Assert.Equal(sent, Packs(Open()).Resolve(pack).ToArray());
        _system = new ClockReport(false, null);
        _time.Wall = DateTimeOffset.UnixEpoch;
        Assert.Equal(sent, Packs(Open(boot: "next")).Resolve(pack).ToArray());
    }

    [Fact]
    public void APackWhoseTimeStaysUnknownGoesOutFlagged()
    {
        _time.Wall = DateTimeOffset.UnixEpoch;
        var clock = Open();
        var pack = Pack(clock);
        Assert.True(AskedFor(clock, pack, TimeSpan.FromMinutes(9)));
        Assert.False(AskedFor(clock, pack, TimeSpan.FromMinutes(2)));
        var sent = Packs(clock).Resolve(pack).ToArray();
        Assert.Equal(
            (DateTimeOffset.UnixEpoch, Quality.GatewayTime | Quality.ClockUnsure), (Senml.Read(sent)[0].Time, Senml.Read(sent)[0].Quality));

        _time.Wall = SetClock.Now;
        _system = new ClockReport(true, TimeSpan.Zero);
        clock.Look();

        Assert.Equal(sent, Packs(clock).Resolve(pack).ToArray());
        Assert.Null(clock.Stamp());
    }

    [Fact]
    public void AnOutageDoesNotCountTowardsTheHold()
    {
        _time.Wall = DateTimeOffset.UnixEpoch;
        var clock = Open();
        var pack = Pack(clock);
        Assert.True(AskedFor(clock, pack, TimeSpan.FromMinutes(9)));
        _time.Pass(TimeSpan.FromDays(7));
        Assert.True(AskedFor(clock, pack, TimeSpan.FromMinutes(9)));
    }

    [Fact]
    public void APackThatNeedNotWaitLosesOnlyItsStamp()
    {
        var clock = Open();
        var at = Reading.ToMilliseconds(SetClock.Now);
        Reading[] readings = [new(DeviceId.Parse("a"), Metrics.HiveTemperature, at, 34.5, "Cel", Quality.Good, at)];
        var stamped = StampedPack.Write(clock.Stamp(), readings);

        Assert.NotNull(StampedPack.StampOf(stamped.Span));
        Assert.Equal(StampedPack.Write(null, readings).ToArray(), Packs(clock).Resolve(stamped).ToArray());
    }

    [Fact]
    public void ARunOfTheMachineThatNeverKnewTheTimeGoesOutFlagged()
    {
        var pack = Pack(Open());
        var next = Open(boot: "next");

        Assert.False(Packs(next).MustWait(pack));
        Assert.Equal(Quality.GatewayTime | Quality.ClockUnsure, Senml.Read(Packs(next).Resolve(pack).Span)[0].Quality);
    }

    [Fact]
    public void AKnownTimeIsKnownToTheNextProcessOfTheBoot()
    {
        _system = new ClockReport(true, TimeSpan.Zero);
        Open();
        _system = new ClockReport(false, null);

        Assert.Null(Open().Stamp());
    }

    [Theory]
    [InlineData(-3600)]
    [InlineData(86_400 * 365)]
    public void AJumpOfTheWallClockMovesNothing(double seconds)
    {
        _system = new ClockReport(true, TimeSpan.Zero);
        var clock = Open();
        _system = new ClockReport(false, null);
        clock.Look();
        _time.Wall += TimeSpan.FromSeconds(seconds);
        clock.Look();
        _time.Pass(TimeSpan.FromSeconds(5));

        Assert.Equal(SetClock.Now.AddSeconds(5), clock.Now());
        Assert.Equal((1, seconds), (clock.State.Jumps, clock.State.LastJumpSeconds));
        Assert.Equal("synchronised", clock.State.State);
    }

    [Fact]
    public void AClockThatNothingKeepsForADayIsNoLongerCalledSynchronised()
    {
        _system = new ClockReport(true, TimeSpan.Zero);
        var clock = Open();
        _system = new ClockReport(false, null);
        _time.Pass(TimeSpan.FromHours(25));
        clock.Look();

        Assert.Equal("unsynchronised", clock.State.State);
    }

    [Fact]
    public void ATrustedSourceTellsTheTime()
    {
        _time.Wall = DateTimeOffset.UnixEpoch;
        var clock = Open(new ClockOptions { TrustSource = "lorawan" });
        clock.Note("other", SetClock.Now, _time.GetTimestamp());
        clock.Note("lorawan", SetClock.Now, _time.GetTimestamp());
        _time.Pass(TimeSpan.FromSeconds(30));
        clock.Note("lorawan", SetClock.Now.AddSeconds(30), _time.GetTimestamp());
        clock.Look();

        Assert.Equal(("synchronised", "source"), (clock.State.State, clock.State.By));
        Assert.Equal(SetClock.Now.AddSeconds(30), clock.Now());
    }

    [Theory]
    [InlineData("9999-12-31T23:59:00Z")]
    [InlineData("9999-01-01T00:00:00Z")]
    [InlineData("2100-01-01T00:00:00Z")]
    [InlineData("1970-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00Z")]
    public void ATrustedSourceThatTellsWhatCannotBeIsNotBelievedAndNamed(string told)
    {
        _time.Wall = DateTimeOffset.UnixEpoch;
        var clock = Open(new ClockOptions { TrustSource = "lorawan" });
        for (var second = 0; second < 60; second += 20)
        {
            clock.Note("lorawan", DateTimeOffset.Parse(told, CultureInfo.InvariantCulture).AddSeconds(second), _time.GetTimestamp());
            clock.Look();
            _time.Pass(TimeSpan.FromSeconds(20));
        }

        Assert.NotNull(clock.Stamp());
        Assert.Equal(3, clock.State.Impossible);
        Assert.Contains(new ClockProblems(clock).Problems(), p => p.Contains("3 times that cannot be", StringComparison.Ordinal));
        Assert.NotNull(Open().Stamp());
    }

    [Fact]
    public void ASystemsClockThatCannotBeIsNotBelieved()
    {
        _system = new ClockReport(true, TimeSpan.Zero);
        _time.Wall = new DateTimeOffset(9999, 6, 19, 0, 0, 0, TimeSpan.Zero);

        Assert.NotNull(Open(new ClockOptions { TrustSystem = true }).Stamp());
    }

    [Theory]
    [InlineData("""[{"boot":"this","zero":"9999-12-31T23:59:00+00:00","futureSeconds":300}]""")]
    [InlineData("""[{"boot":"this","zero":"9999-01-01T00:00:00+00:00"}]""")]
    [InlineData("""[{"boot":"this","zero":"0001-01-01T00:00:00+00:00"}]""")]
    [InlineData("""[{"boot":"this","zero":"1999-01-01T00:00:00+00:00"}]""")]
    [InlineData("""[null,{"boot":null,"zero":null},{}]""")]
    public void ABeginningThatCannotBeIsForgottenWhateverWasWrittenDown(string written)
    {
        File.WriteAllText(Path.Combine(_folder.Path, "boots.json"), written);
        var clock = Open();
        _time.Pass(TimeSpan.FromHours(1));
        clock.Look();

        Assert.False(clock.Known);
        Assert.InRange(clock.Now(), _time.Wall.AddMilliseconds(-1), _time.Wall.AddMilliseconds(1));
        _system = new ClockReport(true, TimeSpan.Zero);
        clock.Look();
        Assert.True(clock.Known);
    }

    [Fact]
    public void APackThatWasWrittenByHandIsPutRightWithinTheCalendar()
    {
        var last = DateTimeOffset.MaxValue;
        var stamp = new Stamp("this", DateTimeOffset.UnixEpoch, Waits: true);
        Reading[] readings =
        [
            new(DeviceId.Parse("n"), Metrics.HiveTemperature, last, 1, "Cel", Quality.GatewayTime, last),
            new(DeviceId.Parse("n"), Metrics.HiveTemperature, last, 1, "Cel", Quality.ClockUnsure, last),
        ];

        Assert.Equal(2, stamp.Retime(readings, SetClock.Now, TimeSpan.FromSeconds(300)).Length);
    }

    [Fact]
    public void ASourceThatTellsOfTimesLongAgoIsNotBelieved()
    {
        var clock = Open(new ClockOptions { TrustSource = "lorawan" });
        var replayed = new DateTimeOffset(2021, 6, 19, 0, 0, 0, TimeSpan.Zero);
        for (var second = 0; second < 100; second += 20)
        {
            clock.Note("lorawan", replayed.AddSeconds(second), _time.GetTimestamp());
            _time.Pass(TimeSpan.FromSeconds(20));
        }

        clock.Look();
        Assert.NotNull(clock.Stamp());
        Assert.Equal(0, clock.State.Impossible);
    }

    [Fact]
    public void AmongAnEventsClocksTheOneThatCanTellTheTimeIsChosen()
    {
        var (unset, old, now) = (DateTimeOffset.UnixEpoch, Calendar.Begin.AddYears(-7), Calendar.Begin.AddDays(1));

        Assert.Equal(now, Calendar.Choose([unset, old, Calendar.End.AddYears(1), now, now.AddDays(1)]));
        Assert.Equal(old, Calendar.Choose([unset, old]));
        Assert.Equal(unset, Calendar.Choose([unset]));
        Assert.Null(Calendar.Choose([]));
    }

    [Fact]
    public void WhatWaitedAtTheBrokerTellsNoTime()
    {
        var source = new SourceTime();
        for (var i = 0; i < 60; i++)
            source.Note(SetClock.Now.AddMinutes(i - 600), TimeSpan.FromSeconds(100 + i));
        Assert.Null(source.Zero);

        source.Note(SetClock.Now, TimeSpan.FromSeconds(200));
        source.Note(SetClock.Now.AddSeconds(15), TimeSpan.FromSeconds(215));
        Assert.Equal(SetClock.Now.AddSeconds(-200), source.Zero);
    }

    [Fact]
    public void TheKernelAnswersForItsClock()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "adjtimex is Linux's");
        Assert.NotNull(KernelClock.Read().Synchronised);
        Assert.InRange(KernelClock.Read().MaxError!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(17));
        Assert.Equal(KernelClock.BootId(), KernelClock.BootId());
    }

    [Theory]
    [InlineData(300, true)]
    [InlineData(900, false)]
    public void ARetimedPackIsJudgedByTheLimitSetForAll(int futureSeconds, bool future)
    {
        _tuning.Now = _tuning.Now with { FutureSeconds = futureSeconds };
        _time.Wall = DateTimeOffset.UnixEpoch;
        var clock = Open();
        var ahead = new Reading(
            DeviceId.Parse("n"), Metrics.HiveTemperature, SetClock.Now.AddMinutes(10), 34.5, "Cel", Quality.ClockUnsure,
            Reading.ToMilliseconds(clock.Now()));
        var pack = StampedPack.Write(clock.Stamp()! with { Waits = true }, [ahead]);

        _time.Wall = SetClock.Now;
        _system = new ClockReport(true, TimeSpan.Zero);
        clock.Look();
        var sent = Packs(clock).Resolve(pack).ToArray();

        Assert.Equal(future, Assert.Single(Senml.Read(sent)).Quality.HasFlag(Quality.FutureTime));
        _tuning.Now = _tuning.Now with { FutureSeconds = 600_000 };
        Assert.Equal(sent, Packs(Open()).Resolve(pack).ToArray());
    }

    private bool AskedFor(GatewayClock clock, ReadOnlyMemory<byte> pack, TimeSpan time)
    {
        var waits = true;
        for (var end = _time.Uptime + time; _time.Uptime < end && waits; _time.Pass(TimeSpan.FromSeconds(1)))
            waits = Packs(clock).MustWait(pack);
        return waits;
    }

    private static ReadOnlyMemory<byte> Pack(GatewayClock clock)
    {
        var stamp = clock.Stamp()! with { Waits = true };
        var at = Reading.ToMilliseconds(clock.Now());
        return StampedPack.Write(
            stamp,
            [
                new Reading(
                    DeviceId.Parse("gw.bme280-0"), Metrics.HiveTemperature, at, 34.5, "Cel", Quality.GatewayTime | Quality.ClockUnsure, at),
            ]);
    }

    private GatewayClock Open(ClockOptions? options = null, string boot = "this") =>
        new(options ?? new ClockOptions(), new BootRegistry(_folder.Path), _tuning, _time, NullLogger.Instance, () => _system, boot);

    private static PackResolver Packs(GatewayClock clock) => new(clock);
}
