using IotGateway.Cloud.Hives.State;
using IotGateway.Cloud.Hives.State.Neighbours;
using IotGateway.Cloud.Hives.State.Rule;
using IotGateway.Cloud.Hives.Visits;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Weather.Hours;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Tests.Hives.State.Neighbours;

/// <summary>Cases of hives beside each other on constructed series (synthetic: no hive ever measured these).</summary>
public sealed class JudgementTests
{
    private static readonly DateTimeOffset Noon = new(2021, 7, 15, 16, 0, 0, TimeSpan.Zero);

    [Fact]
    public void AColonyThatWasAlwaysWeakIsSeenBesideItsNeighbours()
    {
        var weak = Series((_, outside) => 33 + (0.2 * (outside - 20)));
        var judged = Judge(weak, [Steady(), Steady(), Steady()], Noon);
        Assert.Equal(ColonyState.Normal, RuleAlone.Judge(weak, Noon).State);
        Assert.Equal(ColonyState.Watch, judged.State);
        Assert.Contains("0.4 °C in its 3 neighbours", judged.Reasons[0].Text, StringComparison.Ordinal);
        Assert.Equal(ColonyState.Normal, Judge(Steady(), [weak, Steady(), Steady()], Noon).State);
    }

    [Fact]
    public void AnApiaryOfOneHiveSaysThatItHasNoNeighbour()
    {
        var judged = Judge(Series((_, outside) => 33 + (0.2 * (outside - 20))), [], Noon);
        Assert.Equal(ColonyState.Normal, judged.State);
        Assert.Contains(judged.Reasons, r => r.Text.StartsWith("No neighbour to compare it with", StringComparison.Ordinal));
        Assert.Contains(
            Judge(Steady(), [Steady(), Steady()], Noon).Reasons, r => r.Text.StartsWith("Too few neighbours", StringComparison.Ordinal));
    }

    [Fact]
    public void AHiveOfThreeReadingsLearns()
    {
        var few = Steady();
        Assert.Equal(ColonyState.Learning, Judge(few with { Temperature = [.. few.Temperature.TakeLast(3)] }, Steadies, Noon).State);
    }

    [Fact]
    public void AMonthsGapLeavesNothingStanding()
    {
        var before = Judge(Series((back, _) => back < 4 ? 31 : 34.5), Steadies, Noon);
        Assert.NotEmpty(before.Standing!);
        var later = Noon.AddDays(30);
        var judged = Judgement.Judge(Steady(later), "x", SiteOf(later, Steadies), [], before, later);
        Assert.Equal(ColonyState.Normal, judged.State);
        Assert.Empty(judged.Standing!);
    }

    [Fact]
    public void OneDegreeOfItsOwnIsSeenAndTheSameOfAllIsNot()
    {
        var cooler = Series((back, _) => back < 4 ? 32.9 : 34.5);
        Assert.Contains(Judge(cooler, Steadies, Noon).Reasons, r => r is { Check: NeighbourRule.Apart, IsAlarm: true });
        Assert.DoesNotContain(Judge(cooler, [cooler, cooler, cooler], Noon).Reasons, r => r.IsAlarm);
    }

    [Fact]
    public void AFindingStandsADayAfterItWasLastFound()
    {
        var record = Series((back, _) => back is > 40 and < 44 ? 32.9 : 34.5);
        var said = new List<HiveState>();
        for (var h = -44; h <= 0; h++)
            said.Add(Judgement.Judge(record, "x", SiteOf(Noon, Steadies), [], said.LastOrDefault(), Noon.AddHours(h)));

        var lit = said.Where(s => s.Reasons.Any(r => r is { Check: NeighbourRule.Apart, IsAlarm: true })).ToList();
        Assert.Equal(Enumerable.Range(0, lit.Count).Select(i => lit[0].AsOf.AddHours(i)), lit.Select(s => s.AsOf));
        Assert.InRange(lit.Count, 25, 29);
        Assert.Contains(lit[^1].Reasons, r => r.Text.Contains("it is dropped after 24 h", StringComparison.Ordinal));
        Assert.Equal([lit[0].AsOf], lit.Select(s => s.Standing!.Single(x => x.Check == NeighbourRule.Apart).Since).Distinct());
    }

    [Fact]
    public void AnAlarmWithinTheHoursOfAVisitIsHeldBackAndMarkedOnceTheVisitIsWritten()
    {
        var cooler = Series((back, _) => back < 4 ? 29 : 34.5);
        var visit = new VisitHours(Noon.AddHours(-4), Noon.AddHours(-3.5), Noon.AddHours(-3));
        var held = Judgement.Judge(cooler, "x", SiteOf(Noon, Steadies), [visit], null, Noon);
        Assert.Equal(ColonyState.Normal, held.State);
        Assert.Contains(held.Reasons, r => r.HeldBack == visit.Begin && r.State == ColonyState.Abnormal);
        Assert.Empty(held.Standing!);

        var notYet = visit with { Known = Noon.AddHours(1) };
        Assert.Equal(ColonyState.Abnormal, Judgement.Judge(cooler, "x", SiteOf(Noon, Steadies), [notYet], null, Noon).State);
        var over = new VisitHours(Noon.AddDays(-2), Noon.AddDays(-2), Noon.AddDays(-2));
        Assert.Equal(ColonyState.Abnormal, Judgement.Judge(cooler, "x", SiteOf(Noon, Steadies), [over], null, Noon).State);
    }

    [Fact]
    public void ASensorThatStandsStillIsNoSteadyNest()
    {
        var record = Steady();
        var stuck = record with
        {
            Temperature = [.. record.Temperature.Select(o => Noon - o.Time < TimeSpan.FromHours(7) ? o with { Value = 34.61 } : o)],
            Humidity = [.. record.Humidity.Select(o => Noon - o.Time < TimeSpan.FromHours(7) ? o with { Value = 58.2 } : o)],
        };
        var reason = Assert.Single(Judge(stuck, Steadies, Noon).Reasons, r => r.IsAlarm);
        Assert.Equal(SensorRule.Stuck, reason.Check);
        Assert.StartsWith("Sensor, not bees", reason.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Judge(record, Steadies, Noon).Reasons, r => r.IsAlarm);
    }

    /// <summary>It sends whole degrees, which in a held nest are the same for most of a day.</summary>
    [Fact]
    public void ACoarseSensorIsNotStuckWhileItStandsAsItAlwaysDid()
    {
        var record = Steady();
        HiveRecord Coarse(double changesEvery)
        {
            double Step(Observation o) => Math.Floor((Noon - o.Time).TotalHours / changesEvery) % 2;
            return record with
            {
                Temperature = [.. record.Temperature.Select(o => o with { Value = 34 + Step(o) })],
                Humidity = [.. record.Humidity.Select(o => o with { Value = 55 + Step(o) })],
            };
        }

        Assert.DoesNotContain(Judge(Coarse(10), Steadies, Noon).Reasons, r => r.Check == SensorRule.Stuck);
        Assert.Contains(Judge(Coarse(500), Steadies, Noon).Reasons, r => r.Check == SensorRule.Stuck);
    }

    [Fact]
    public void ASensorThatDriftsIsToldFromAColonyInTrouble()
    {
        var drifting = Series((back, _) => 34.5 + (0.1 * Math.Max(0, 10 - (back / 24))));
        Assert.Equal(SensorRule.Drift, Assert.Single(Judge(drifting, Steadies, Noon).Reasons, r => r.IsAlarm).Check);
        Assert.DoesNotContain(Judge(drifting, [drifting, drifting, drifting], Noon).Reasons, r => r.Check == SensorRule.Drift);
    }

    [Fact]
    public void TwoExchangedSensorsAreNamed()
    {
        var (a, b) = (Series((back, _) => back < 20 ? 32 : 34.6), Series((back, _) => back < 20 ? 34.6 : 32));
        var judged = Judge(a, [b, Steady(), Steady()], Noon);
        Assert.Contains(judged.Reasons, r => r.Check == SensorRule.Swap && r.Text.Contains("Hive 0", StringComparison.Ordinal));
    }

    [Fact]
    public void TwoSensorsThatDisagreeSayThatItIsNotKnownWhichIsWrong()
    {
        var record = Steady();
        var second = Series((back, _) => back < 5 ? 29 : 33.5).Temperature;
        var judged = Judge(record with { Second = second }, Steadies, Noon);
        var reason = Assert.Single(judged.Reasons, r => r.IsAlarm);
        Assert.Equal((ColonyState.Watch, SecondSensor.Disagree), (reason.State, reason.Check));
        Assert.Contains("Not enough to say which of them is wrong", reason.Text, StringComparison.Ordinal);

        Assert.DoesNotContain(
            Judge(record with { Second = Series((_, _) => 28).Temperature }, Steadies, Noon).Reasons, r => r.IsAlarm);
        var few = Judge(record with { Second = [.. second.TakeLast(20)] }, Steadies, Noon);
        Assert.Contains(few.Reasons, r => r.Check == SecondSensor.Disagree
            && r.Text.Contains("Not enough to say if that is usual", StringComparison.Ordinal));
    }

    [Fact]
    public void ASensorMovedYesterdayIsComparedWithNothingBefore()
    {
        var moved = Series((back, _) => back < 26 ? 29 : 34.5);
        Assert.Contains(Judge(moved, Steadies, Noon).Reasons, r => r.IsAlarm);

        var visit = new Visit(Noon.AddHours(-26.2), "Ada") { Equipment = new Equipment(SensorChanged: true) };
        var written = VisitHours.Of(new VisitVersion("v", 1, visit.Until, visit.Until, Withdrawn: false, visit));
        var judged = Judgement.Judge(moved, "x", SiteOf(Noon, Steadies), [written], null, Noon);
        Assert.Equal(ColonyState.Learning, judged.State);
        Assert.Contains(judged.Reasons, r => r.Text.Contains("26 h ago, at a written visit", StringComparison.Ordinal));
        Assert.InRange(judged.Evidence.HistoryHours, 25, 27);
    }

    private static HiveRecord[] Steadies => [Steady(), Steady(), Steady()];

    private static HiveState Judge(HiveRecord record, HiveRecord[] others, DateTimeOffset asOf) =>
        Judgement.Judge(record, "x", SiteOf(asOf, others), [], null, asOf);

    private static Neighbourhood SiteOf(DateTimeOffset asOf, HiveRecord[] others) =>
        new([.. others.Select((o, i) => ($"{i}", $"Hive {i}", new NestTemperatures([.. o.Temperature.Where(t => t.Time <= asOf)])))]);

    private static HiveRecord Steady(DateTimeOffset? end = null) => Series((_, _) => 34.5, end);

    /// <summary>
    /// Twenty days, every 15 minutes up to the end, from hours back and the outside temperature to values that tremble by 0.2 °C.
    /// </summary>
    private static HiveRecord Series(Func<double, double, double> temperature, DateTimeOffset? end = null)
    {
        var until = end ?? Noon;
        var back = Enumerable.Range(0, 20 * 96).Select(i => (i * 0.25) + 0.1).Reverse().ToArray();
        var weather = Enumerable.Range(-21 * 24, 22 * 24).Select(h => until.AddHours(h)).Select(t => new WeatherHour(t, Outside(t), 60, 0));
        return new HiveRecord(
            [.. back.Select((h, i) => Reading(h, i, temperature(h, Outside(until.AddHours(-h)))))],
            [.. back.Select((h, i) => Reading(h, i, 55))],
            new WeatherSeries("synthetic", "", weather));

        Observation Reading(double back, int i, double value) => new(until.AddHours(-back), value + Tremble(i), Quality.Synthetic);
    }

    private static double Tremble(int i) => 0.2 * Math.Sin(i / 7.0);

    private static double Outside(DateTimeOffset time) =>
        20 + (7 * Math.Sin((time.UtcDateTime.TimeOfDay.TotalHours - 14) / 24 * 2 * Math.PI));
}
