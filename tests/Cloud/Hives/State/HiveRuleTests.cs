using CsCheck;
using IotGateway.Cloud.Hives.State.Rule;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Weather.Hours;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Tests.Hives.State;

/// <summary>
/// The rule's cases on constructed series (synthetic: no hive ever measured these) and its honesty in time on the real recording.
/// </summary>
public sealed class HiveRuleTests
{
    private static readonly DateTimeOffset Noon = new(2021, 7, 15, 16, 0, 0, TimeSpan.Zero);

    [Fact]
    public void NothingKnownLaterChangesAJudgement()
    {
        var hives = Recording.Season.Hives.Values.ToArray();
        Gen.Select(Gen.Int[0, hives.Length - 1], Gen.Int[24, 130 * 24], Gen.Double[-40, 85]).Sample(
            (h, hour, later) =>
            {
                var record = hives[h];
                var asOf = new DateTimeOffset(2021, 6, 19, 1, 0, 0, TimeSpan.Zero).AddHours(hour);
                var changed = new HiveRecord(
                    After(record.Temperature, asOf, later), After(record.Humidity, asOf, later),
                    ChangedAfter(record.Weather!, asOf, later));
                Same(RuleAlone.Judge(record, asOf), RuleAlone.Judge(changed, asOf));
            },
            iter: 300);
    }

    [Fact]
    public void AReadingOfTheVeryHourCounts()
    {
        var steady = Steady(days: 5);
        var before = steady with { Temperature = [.. steady.Temperature, new Observation(Noon.AddMinutes(-1), 45, Quality.Good)] };
        var with = before with { Temperature = [.. before.Temperature, new Observation(Noon, 45, Quality.Good)] };
        Assert.Equal(ColonyState.Normal, RuleAlone.Judge(before, Noon).State);
        Assert.NotEqual(ColonyState.Normal, RuleAlone.Judge(with, Noon).State);
    }

    [Fact]
    public void ASteadyHiveIsNormalAndSaysWhyWithNumbersAndUnits()
    {
        var risk = RuleAlone.Judge(Steady(days: 10), Noon);
        Assert.Equal(ColonyState.Normal, risk.State);
        Assert.Contains(
            risk.Reasons,
            r => r.Check == "temperature" && r.Text.Contains("34.5 °C over the last 3 h; its own history at ", StringComparison.Ordinal)
                && r.Text.EndsWith("± 0.5 °C.", StringComparison.Ordinal));
        Assert.Contains(risk.Reasons, r => r.Check == "humidity" && r.Text.Contains("% humidity", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(40, true)]
    [InlineData(60, false)]
    public void ItLearnsUntilThereAreTwoDaysOfHistory(int hours, bool learning)
    {
        var risk = RuleAlone.Judge(Series(hours / 24.0, _ => 34.5), Noon);
        Assert.Equal(learning ? ColonyState.Learning : ColonyState.Normal, risk.State);
        Assert.Equal(learning, risk.Reasons.Any(r => r.Text.Contains($"{hours} h of history", StringComparison.Ordinal)));
    }

    [Fact]
    public void TheHourOfDayStandsInForUnknownWeather()
    {
        var risk = RuleAlone.Judge(Steady(days: 10) with { Weather = null }, Noon);
        Assert.Equal(ColonyState.Normal, risk.State);
        Assert.Contains(risk.Reasons, r => r.Text.Contains("at this hour of day (no weather known)", StringComparison.Ordinal));
    }

    [Fact]
    public void SilenceOfTwoHoursIsSaidAndCounted()
    {
        var quiet = Steady(days: 5);
        Assert.Equal(ColonyState.Silent, RuleAlone.Judge(quiet, Noon.AddHours(2.5)).State);
        Assert.Contains(
            "No reading for 2.6 h", Assert.Single(RuleAlone.Judge(quiet, Noon.AddHours(2.5)).Reasons).Text, StringComparison.Ordinal);
        Assert.NotEqual(ColonyState.Silent, RuleAlone.Judge(quiet, Noon.AddHours(1.7)).State);
    }

    [Fact]
    public void ACoolingNestIsAbnormalWhateverTheAbsoluteRange()
    {
        var cooled = RuleAlone.Judge(Series(10, back => back < 4 ? 29.5 : 34.5), Noon);
        Assert.Equal(ColonyState.Abnormal, cooled.State);
        Assert.Contains("5.0 °C below", cooled.Reasons[0].Text, StringComparison.Ordinal);
        Assert.Equal(ColonyState.Normal, RuleAlone.Judge(Series(10, _ => 27), Noon).State);
    }

    [Theory]
    [InlineData(34.6, 32.4, true)] // a swarm's departure as Ferrari et al. saw it; synthetic
    [InlineData(34.6, 33.0, false)]
    [InlineData(32.5, 29.5, false)]
    public void ASuddenFallFromBroodTemperatureIsAWatchThatMustBeConfirmed(double from, double to, bool said)
    {
        var risk = RuleAlone.Judge(Series(10, back => back > 1 ? from : to), Noon);
        var fall = risk.Reasons.Where(r => r.Check == "fall").ToList();
        Assert.Equal(said, fall.Count == 1);
        Assert.All(fall, r =>
        {
            Assert.Equal(ColonyState.Watch, r.State);
            Assert.Contains("weight (2 to 4.5 kg lost) or sound must confirm", r.Text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void AFallAcrossAGapIsNoSuddenFall()
    {
        var record = Series(10, back => back > 1 ? 34.6 : 31.5);
        var gap = record with
        {
            Temperature = [.. record.Temperature.Where(o => Noon - o.Time is { TotalHours: <= 0.9 } or { TotalHours: > 1.6 })],
        };
        Assert.Contains(RuleAlone.Judge(record, Noon).Reasons, r => r.Check == "fall");
        Assert.DoesNotContain(RuleAlone.Judge(gap, Noon).Reasons, r => r.Check == "fall");
    }

    [Fact]
    public void FollowingTheWeatherMoreThanBeforeIsLossOfControl()
    {
        var risk = RuleAlone.Judge(Series(10, back => 31 + ((back < 24 ? 0.8 : 0.02) * (Outside(Noon.AddHours(-back)) - 20))), Noon);
        Assert.Contains(
            risk.Reasons,
            r => r.Check == "control" && r.State == ColonyState.Abnormal
                && r.Text.StartsWith("It follows the weather more than it used to", StringComparison.Ordinal));
        Assert.Contains(RuleAlone.Judge(Steady(10), Noon).Reasons, r => r.Check == "control" && r.State == ColonyState.Normal);
    }

    [Fact]
    public void HeatAndLastingDampAreLimitsOfTheirOwn()
    {
        Assert.Contains(
            RuleAlone.Judge(Series(10, back => back < 2 ? 39 : 37), Noon).Reasons,
            r => r.Check == "heat" && r.State == ColonyState.Abnormal);
        Assert.Contains(
            RuleAlone.Judge(Series(10, _ => 34, back => back < 5 ? 93 : 60), Noon).Reasons,
            r => r.Check == "damp" && r.State == ColonyState.Watch);
        Assert.Contains(
            RuleAlone.Judge(Series(10, _ => 34, back => back < 14 ? 93 : 60), Noon).Reasons,
            r => r.Check == "damp" && r.State == ColonyState.Abnormal);
    }

    [Fact]
    public void ValuesThatCannotBeAreNotJudged()
    {
        var record = Steady(10);
        var broken = record with
        {
            Temperature = [.. record.Temperature.SkipLast(1), new Observation(Noon.AddMinutes(-5), 120, Quality.OutOfRange)],
        };
        Assert.Equal(ColonyState.Normal, RuleAlone.Judge(broken, Noon).State);
    }

    /// <summary>Of a node that sends every quarter of an hour, every hour, and every three.</summary>
    [Theory]
    [InlineData(0.25, 85)]
    [InlineData(0.25, 39)]
    [InlineData(0.25, 0)]
    [InlineData(0.25, 30)]
    [InlineData(1, 85)]
    [InlineData(1, 39)]
    [InlineData(1, -10)]
    [InlineData(3, 85)]
    public void ASingleReadingFarFromBothNeighboursMakesNoState(double everyHours, double odd)
    {
        for (var back = 0; back < 6; back++)
        {
            var times = Enumerable.Range(0, (int)(240 / everyHours)).Select(i => Noon.AddHours(-i * everyHours)).Reverse().ToList();
            var temperature = times.Select((t, i) => new Observation(t, i == times.Count - 1 - back ? odd : 34.5, Quality.Good));
            var judged = RuleAlone.Judge(Steady(10) with { Temperature = [.. temperature] }, Noon);

            Assert.True(
                judged.State == ColonyState.Normal || (back == 0 && everyHours == 3 && judged.State == ColonyState.Learning),
                $"{back}: {judged.State}, {judged.Reasons[0].Text}");
        }
    }

    [Fact]
    public void ASingleHumidityFarFromBothNeighboursMakesNoState()
    {
        for (var back = 0; back < 4; back++)
        {
            var hours = Enumerable.Range(0, 240).Reverse();
            var humidity = hours.Select(h => new Observation(Noon.AddHours(-h), h == back ? 100 : 60, Quality.Good));

            Assert.Equal(ColonyState.Normal, RuleAlone.Judge(Steady(10) with { Humidity = [.. humidity] }, Noon).State);
        }
    }

    [Fact]
    public void TwoReadingsThatAgreeAreBelieved() => Assert.Contains(
        RuleAlone.Judge(Series(10, back => back < 0.4 ? 45 : 34.5), Noon).Reasons, r => r.Check == "heat");

    [Fact]
    public void ASensorThatJumpsAtEachReadingIsToBeLookedAt()
    {
        var record = Steady(10);
        var jumping = record with { Temperature = [.. record.Temperature.Select((o, i) => i % 2 == 0 ? o : o with { Value = 85 })] };

        Assert.Equal(ColonyState.Learning, RuleAlone.Judge(jumping, Noon).State);
    }

    [Fact]
    public void AClockThatRunsAheadDoesNotSilenceAHive()
    {
        var record = Steady(10);
        var ahead = record with
        {
            Temperature = [.. record.Temperature.Select(o => o with { Quality = o.Quality | Quality.FutureTime | Quality.NetworkTime })],
        };
        Assert.Equal(ColonyState.Normal, RuleAlone.Judge(ahead, Noon).State);
    }

    [Fact]
    public void ASensorThatReportsNonsenseIsNotSilent()
    {
        var record = Steady(10);
        var broken = record with
        {
            Temperature =
            [
                .. record.Temperature.Select(o => Noon - o.Time < TimeSpan.FromHours(5)
                    ? o with { Value = 120, Quality = Quality.OutOfRange }
                    : o),
            ],
        };
        Assert.NotEqual(ColonyState.Silent, RuleAlone.Judge(broken, Noon).State);
    }

    private static void Same(HiveState a, HiveState b)
    {
        Assert.Equal(a.State, b.State);
        Assert.Equal(a.Reasons, b.Reasons);
        Assert.Equal(a.Evidence, b.Evidence);
    }

    private static Observation[] After(IReadOnlyList<Observation> all, DateTimeOffset asOf, double later) =>
        [.. all.Select(o => o.Time <= asOf ? o : o with { Value = later })];

    private static WeatherSeries ChangedAfter(WeatherSeries weather, DateTimeOffset asOf, double later) => new(
        "changed", "",
        weather
            .Range(asOf.AddDays(-15), asOf.AddDays(2))
            .ToArray()
            .Select(h => h.Time <= asOf ? h : h with { TemperatureCelsius = later }));

    private static HiveRecord Steady(double days) => Series(days, _ => 34.5);

    /// <summary>A synthetic hive, every 15 minutes up to noon, from hours back to values, under a sinusoidal day.</summary>
    private static HiveRecord Series(double days, Func<double, double> temperature, Func<double, double>? humidity = null)
    {
        var back = Enumerable.Range(0, (int)(days * 96)).Select(i => (i * 0.25) + 0.1).Reverse().ToArray();
        var weather = Enumerable.Range(-20 * 24, 21 * 24).Select(h => Noon.AddHours(h)).Select(t => new WeatherHour(t, Outside(t), 60, 0));
        return new HiveRecord(
            [.. back.Select(h => new Observation(Noon.AddHours(-h), temperature(h), Quality.Synthetic))],
            [.. back.Select(h => new Observation(Noon.AddHours(-h), humidity?.Invoke(h) ?? 55, Quality.Synthetic))],
            new WeatherSeries("synthetic", "", weather));
    }

    private static double Outside(DateTimeOffset time) =>
        20 + (7 * Math.Sin((time.UtcDateTime.TimeOfDay.TotalHours - 14) / 24 * 2 * Math.PI));
}
