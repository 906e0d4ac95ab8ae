using IotGateway.Cloud.Hives.State;
using IotGateway.Cloud.Hives.State.Neighbours;
using IotGateway.Cloud.Hives.State.Rule;
using IotGateway.Science.Hive.Weight;

namespace IotGateway.Cloud.Tests.Hives.State.Signs;

/// <summary>A drawn hive that stands on a scale and never had a thermometer.</summary>
public sealed class ScaleAloneTests
{
    private static readonly DateTimeOffset Start = new(2021, 6, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void ItIsJudgedAndSaysWhatCannotBeSaid()
    {
        var state = Judge(10 * 24, 10 * 24);

        Assert.Equal(ColonyState.Normal, state.State);
        Assert.Contains("it cannot be said if the nest is warm and steady", state.Reasons.Single(r => r.Check == "scale-alone").Text,
            StringComparison.Ordinal);
        Assert.DoesNotContain(state.Reasons, r => r.Check is NeighbourRule.Weak or NeighbourRule.Apart or "silence");
    }

    [Fact]
    public void ASwarmsWeightLostAtNoonIsSeen()
    {
        var state = Judge(10 * 24, 10 * 24, lostAtHour: (9 * 24) + 12);

        Assert.Equal((ColonyState.Watch, "swarm"), (state.State, state.Reasons[0].Check));
        Assert.Contains("No temperature of the hour before is there to confirm it.", state.Reasons[0].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(30, 30, ColonyState.Learning)]
    [InlineData(240, 243, ColonyState.Silent)]
    public void ItLearnsAndFallsSilent(int hours, int asOf, object expected) =>
        Assert.Equal((ColonyState)expected, Judge(hours, asOf).State);

    [Fact]
    public void AHiveWhoseThermometerFellSilentIsNotJudgedByItsScaleAlone()
    {
        var record = Drawn(10 * 24, null) with { FirstTemperature = Start.AddDays(-30) };
        Assert.Equal(ColonyState.Silent, Judgement.Judge(record, "a", Neighbourhood.None, [], null, Start.AddDays(10)).State);
        Assert.Equal(ColonyState.Normal, Judgement.Judge(
            record with { FirstTemperature = Start.AddDays(11) }, "a", Neighbourhood.None, [], null, Start.AddDays(10)).State);
    }

    private static HiveState Judge(int hours, int asOf, int? lostAtHour = null) =>
        Judgement.Judge(Drawn(hours, lostAtHour), "a", Neighbourhood.None, [], null, Start.AddHours(asOf));

    private static HiveRecord Drawn(int hours, int? lostAtHour) => new([], [], null)
    {
        Weight = [.. Enumerable.Range(0, (2 * hours) + 1).Select(i => new ScaleReading(
            Start.AddMinutes(30 * i), 40 + (0.01 * Math.Sin(i / 8.0)) - (i > 2 * lostAtHour ? 3 : 0)))],
    };
}
