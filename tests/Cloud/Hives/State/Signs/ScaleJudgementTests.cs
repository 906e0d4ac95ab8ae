using IotGateway.Cloud.Hives.State;
using IotGateway.Cloud.Hives.State.Neighbours;
using IotGateway.Cloud.Hives.State.Rule;
using IotGateway.Cloud.Hives.State.Signs;
using IotGateway.Cloud.Hives.Visits;
using IotGateway.Science.Hive.Weight;
using static IotGateway.Cloud.Tests.Hives.State.Signs.DrawnHive;

namespace IotGateway.Cloud.Tests.Hives.State.Signs;

/// <summary>Words of the scale and of visits, judged as the runs judge them.</summary>
public sealed class ScaleJudgementTests
{
    [Theory]
    [InlineData(32.9, nameof(ColonyState.Abnormal), "A swarm left")]
    [InlineData(34.5, nameof(ColonyState.Watch), "A swarm or a box taken off")]
    public void ThreeKilogramsLostAtOnceAreASwarmAndWithACoolingNestSurely(double after, string named, string words)
    {
        var state = Enum.Parse<ColonyState>(named);
        var judged = Judge(Record(b => b is < 3 and > 1.5 ? after : 34.5, b => b < 3 ? 40 : 43.1));
        AssertSaid(judged, ScaleSigns.Swarm, state, words);
        Assert.Equal(state, judged.State);
    }

    [Fact]
    public void ABeekeeperOnTheScaleIsNoSwarmAndNoTheft()
    {
        var judged = Judge(Record(kilograms: b => b is > 5 and < 5.6 ? 121 : 43));
        Assert.DoesNotContain(judged.Reasons, r => r.IsAlarm);
    }

    [Fact]
    public void AScaleSetToZeroUnderAHeldNestIsATareAndUnderASilentOneATheft()
    {
        var tared = Judge(Record(kilograms: b => b < 6 ? 0.1 : 43));
        AssertSaid(tared, ScaleSigns.Theft, ColonyState.Watch, "set to another zero");
        var gone = Judge(Record(kilograms: b => b < 6 ? 0.1 : 43, until: 6));
        Assert.Equal(ColonyState.Abnormal, gone.State);
        AssertSaid(gone, ScaleSigns.Theft, ColonyState.Abnormal, "stolen or fell");
        Assert.Contains(gone.Reasons, r => r.State == ColonyState.Silent);

        var written = At(new Visit(Noon.AddHours(-6.2), "Ada")
        {
            End = Noon.AddHours(-5.9),
            Equipment = new Equipment(ScaleTared: true),
        });
        Assert.DoesNotContain(Judge(Record(kilograms: b => b < 6 ? 0.1 : 43), written).Reasons, r => r.Check == ScaleSigns.Theft);
    }

    [Fact]
    public void AHiveCarriedAwayAfterAVisitIsNotHeldBack()
    {
        var visit = At(new Visit(Noon.AddHours(-12), "Ada"));
        var judged = Judge(Record(kilograms: b => b < 6 ? 0.1 : 43, until: 6), visit);
        Assert.Equal(ColonyState.Abnormal, judged.State);
    }

    [Fact]
    public void StoresCarriedAwayOverADayAreRobbing() => AssertSaid(
        Judge(Record(kilograms: b => 40 - (2.4 * Math.Clamp((22 - b) / 10, 0, 1)))), ScaleSigns.Robbing, ColonyState.Watch, "lost 2.4 kg");

    [Theory]
    [InlineData(3, nameof(ColonyState.Abnormal))]
    [InlineData(6, nameof(ColonyState.Watch))]
    [InlineData(40, nameof(ColonyState.Normal))]
    public void StoresOfAVisitLastAsLongAsTheScaleSays(double kilograms, string named)
    {
        var state = Enum.Parse<ColonyState>(named);
        var visit = At(new Visit(Noon.AddDays(-4), "Ada") { StoresKilograms = kilograms });
        var judged = Judge(Record(kilograms: b => 40 + (0.3 * b / 24)), visit);
        AssertSaid(judged, StoresRule.Starvation, state, "g a day: they last");
        AssertSaid(judged, StoresRule.Starvation, state, "80 %");
    }

    [Fact]
    public void WithoutAVisitWithoutDaysOrAfterAnUncountedHarvestNothingIsSaidOfStores()
    {
        AssertSaid(Judge(Record(kilograms: _ => 40)), StoresRule.Starvation, ColonyState.Normal, "Not enough to say");
        var harvested = At(new Visit(Noon.AddDays(-4), "Ada") { StoresKilograms = 12, Harvest = new Harvest() });
        AssertSaid(Judge(Record(kilograms: _ => 40), harvested), StoresRule.Starvation, ColonyState.Normal, "was not counted");
        var visit = At(new Visit(Noon.AddDays(-4), "Ada") { StoresKilograms = 12 });
        var few = Record(kilograms: _ => 40);
        AssertSaid(
            Judge(few with { Weight = [.. few.Weight.TakeLast(200)] }, visit), StoresRule.Starvation, ColonyState.Normal,
            "fewer than five");
        Assert.DoesNotContain(Judge(Record(), visit).Reasons, r => r.Check == StoresRule.Starvation);
    }

    [Fact]
    public void InWinterFramesOfHoneyLastByWhatColoniesUseWithoutAScale()
    {
        var visit = At(new Visit(Noon.AddDays(-10), "Ada") { FramesOfHoney = 1 });
        AssertSaid(Judge(Record(outside: 2), visit), StoresRule.Starvation, ColonyState.Normal, "uses 58 g a day");
        var none = At(new Visit(Noon.AddDays(-10), "Ada") { FramesOfHoney = 0.4 });
        AssertSaid(Judge(Record(outside: 2), none), StoresRule.Starvation, ColonyState.Abnormal, "Starvation is near");
        Assert.DoesNotContain(Judge(Record(outside: 20), none).Reasons, r => r.Check == StoresRule.Starvation);
    }

    [Fact]
    public void ANestThatFollowsOutsideForTwoDaysIsDead()
    {
        var judged = Judge(Record(b => b < 60 ? 20 + (7 * Math.Sin(-b / 24 * 2 * Math.PI)) : 34.5));
        AssertSaid(judged, DeathRule.Death, ColonyState.Abnormal, "Nobody heats the nest");
        Assert.DoesNotContain(Judge(Record()).Reasons, r => r.Check == DeathRule.Death);
    }

    [Fact]
    public void LittleGainBesideNeighboursIsSeenAndTooFewNeighboursSaySo()
    {
        var flow = Record(kilograms: b => 50 - (0.6 * b / 24));
        var poor = Record(kilograms: b => 50 - (0.06 * b / 24));
        AssertSaid(Judge(poor, [], flow, flow, flow), GainRule.Gain, ColonyState.Watch, "gained 0.4 kg");
        AssertSaid(Judge(flow, [], flow, poor, flow), GainRule.Gain, ColonyState.Normal, "gained 4.2 kg");
        AssertSaid(Judge(poor, [], flow, flow), GainRule.Gain, ColonyState.Normal, "Not enough to say");
        AssertSaid(Judge(poor), GainRule.Gain, ColonyState.Normal, "0 of at least 3 neighbours");
    }

    [Fact]
    public void ThreeReadingsOfAScaleAndAMonthsGapSayNothing()
    {
        var whole = Record(kilograms: b => b < 3 ? 40 : 43.1);
        foreach (var some in new[] { whole.Weight.TakeLast(3), [.. whole.Weight.Take(40), .. whole.Weight.TakeLast(3)] })
        {
            var judged = Judge(whole with { Weight = [.. some] });
            Assert.DoesNotContain(judged.Reasons, r => r.IsAlarm);
            AssertSaid(judged, StoresRule.Starvation, ColonyState.Normal, "Not enough to say");
        }
    }

    [Fact]
    public void WhatTheScaleReadsLaterChangesNothing()
    {
        var record = Record(b => b is < 3 and > 1.5 ? 32.9 : 34.5, b => b < 3 ? 40 : 43.1);
        var later = record with
        {
            Weight =
            [
                .. record.Weight,
                .. Enumerable.Range(1, 500).Select(q => new ScaleReading(Noon.AddMinutes(15 * q), 40 + (37 * q % 11))),
            ],
        };
        for (var h = 4; h >= 0; h--)
            Assert.Equal(Judge(record, asOf: Noon.AddHours(-h)).Reasons, Judge(later, asOf: Noon.AddHours(-h)).Reasons);
    }

    private static VisitHours[] At(Visit visit) =>
        [VisitHours.Of(new VisitVersion("v", 1, visit.Until, visit.Until, Withdrawn: false, visit))];

    private static void AssertSaid(HiveState judged, string check, ColonyState state, string words)
    {
        var reason = Assert.Single(judged.Reasons, r => r.Check == check);
        Assert.Equal(state, reason.State);
        Assert.Contains(words, reason.Text, StringComparison.Ordinal);
    }

    private static HiveState Judge(HiveRecord record, VisitHours[]? visits = null, params HiveRecord[] others) =>
        Judge(record, Noon, visits, others);

    private static HiveState Judge(HiveRecord record, DateTimeOffset asOf, VisitHours[]? visits = null, params HiveRecord[] others) =>
        Judgement.Judge(
            record, "x", new Neighbourhood([.. others.Select((o, i) => ($"{i}", $"Hive {i}", new NestTemperatures(o.Temperature)))])
            {
                Gains = new WeekGains(others.Select((o, i) => (Id: $"{i}", Scale: new HiveScale(o.Weight, [])))
                    .ToDictionary(o => o.Id, o => o.Scale)),
            },
            visits ?? [], null, asOf);
}
