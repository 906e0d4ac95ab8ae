using IotGateway.Science.Disease;
using IotGateway.Science.Disease.Varroa;

namespace IotGateway.Science.Tests.Disease;

/// <summary>Varroa between apiaries: what must hold whatever the parameters are, and what is refused.</summary>
public class VarroaScenarioTests
{
    private static readonly PlacedApiary Source = Country.At("source", 0, colonies: 20).Washed(mites: 60);

    [Fact]
    public void AChanceRisesWithTimeAndLiesInItsInterval()
    {
        foreach (var chances in Run([Source, Country.At("a", 1).Washed(2), Country.At("b", 4)]).Apiaries.Select(a => a.Chances))
        {
            Assert.All(chances, c => Assert.True(c.Low <= c.High && c.Value is >= 0 and <= 1, $"{c}"));
            Assert.True(chances[0].Value <= chances[1].Value && chances[1].Value <= chances[2].Value, $"{string.Join(" ", chances)}");
        }
    }

    [Fact]
    public void AChanceNeverRisesWithTheDistanceOfASource()
    {
        double[] kilometres = [0, 0.3, 1, 1.5, 2, 3, 5, 8, 11.9, 12.1, 500];
        var chances = kilometres.Select(k => Country.Values(Run([Source, Country.At("a", k).Washed(2)]), "a")[2]).ToList();

        Assert.Equal(chances.OrderDescending(), chances);
        Assert.True(chances[0] > chances[^1] + 0.1, $"{chances[0]} beside the source, {chances[^1]} far from it");
        Assert.Equal(Country.Values(Run([Country.At("a", 0).Washed(2)]), "a")[2], chances[^1]);
    }

    [Fact]
    public void AloneAnApiarysMitesGrowByTheRatesOfItsRange()
    {
        // From 1 to 3 per 100 bees in 56 days: a rate of ln 3 / 56 = 0.0196 a day, which 44 % of the range's draws exceed.
        var alone = Country.At("a", 0, colonies: 100).Washed(3);

        Assert.InRange(Country.Values(Run([alone]), "a")[2], 0.25, 0.65);
        Assert.Equal(0, Country.Values(Run([alone]), "a")[0]);
    }

    [Fact]
    public void TheSameSeedGivesTheSameOnAnyThreadsAndInAnyOrder()
    {
        PlacedApiary[] apiaries = [Source, Country.At("a", 1).Washed(2), Country.At("b", 2)];
        var one = Run(apiaries);
        var other = VarroaScenario.Run(
            [.. apiaries.Reverse()], Country.NoMoves, Countermeasure.None, Country.Once with { Threads = 4 },
            TestContext.Current.CancellationToken);
        var another = VarroaScenario.Run(
            apiaries, Country.NoMoves, Countermeasure.None, Country.Once with { Seed = 8 }, TestContext.Current.CancellationToken);

        Assert.All(apiaries, a => Assert.Equal(Country.Values(one, a.Id), Country.Values(other, a.Id)));
        Assert.NotEqual(Country.Values(one, "a"), Country.Values(another, "a"));
    }

    [Fact]
    public void ATreatmentLowersItsApiarysChanceAndItsNeighbours()
    {
        PlacedApiary[] apiaries = [Source, Country.At("a", 0.5).Washed(2)];
        var nothing = Run(apiaries);
        foreach (var treatment in VarroaTreatments.All.Select(t => t.Name))
        {
            var there = Run(apiaries, new Countermeasure(treatment, new HashSet<string> { "source" }, Standstill: false));
            var all = Run(apiaries, new Countermeasure(treatment, null, Standstill: false));
            Assert.True(Country.Values(there, "a")[2] < Country.Values(nothing, "a")[2], treatment);
            Assert.True(Country.Values(all, "a")[2] < Country.Values(there, "a")[2], treatment);
        }
    }

    [Fact]
    public void AStandstillKeepsTheMitesOfMovedColoniesAway()
    {
        PlacedApiary[] apiaries = [Source, Country.At("a", 300).Washed(1)];
        WeeklyMove[] moves = [new("source", "a", 0.5)];
        var moved = Country.Values(Run(apiaries, moves: moves), "a")[2];
        var still = Country.Values(Run(apiaries, new Countermeasure(null, null, Standstill: true), moves), "a")[2];

        Assert.True(moved > still + 0.1, $"{moved} with moves, {still} without");
        Assert.Equal(Country.Values(Run(apiaries), "a")[2], still);
    }

    [Fact]
    public void AnUncountedApiaryHasAWiderIntervalThanACountedOne()
    {
        var chances = Run([Country.At("counted", 0).Washed(0), Country.At("uncounted", 400)]).Apiaries.Select(a => a.Chances[0]).ToList();

        Assert.True(Width(chances[1]) > Width(chances[0]), $"{chances[0]} {chances[1]}");
    }

    [Fact]
    public void ATreatmentSinceTheWashCountsAndAnUnknownOneWidens()
    {
        var untreated = Country.Values(Run([Country.At("a", 0).Washed(9, 10)]), "a")[1];
        var treated = Country.Values(Run([Country.At("a", 0).Washed(9, 10, "thymol")]), "a")[1];
        var unknown = Country.Values(Run([Country.At("a", 0).Washed(9, 10, "powdered-sugar")]), "a")[1];

        Assert.True(treated < unknown && unknown < untreated, $"{treated} {unknown} {untreated}");
    }

    [Fact]
    public void WhatCannotBeIsRefusedByItsName()
    {
        Assert.Contains("number of apiaries", Refused([]), StringComparison.Ordinal);
        Assert.Contains("latitude", Refused([Source with { Place = new(double.NaN, 0) }]), StringComparison.Ordinal);
        Assert.Contains("longitude", Refused([Source with { Place = new(0, 181) }]), StringComparison.Ordinal);
        Assert.Contains("colonies of apiary a", Refused([Country.At("a", 0, colonies: 0)]), StringComparison.Ordinal);
        Assert.Contains("one that no other has", Refused([Source, Source]), StringComparison.Ordinal);
        Assert.Contains("bees in a wash", Refused([Source with { Washes = [new(5, 0, 0, [])] }]), StringComparison.Ordinal);
        Assert.Contains("age of a wash", Refused([Source with { Washes = [new(5, 300, 61, [])] }]), StringComparison.Ordinal);
        Assert.Contains("apiary of a move", Refused([Source], moves: [new("source", "b", 1)]), StringComparison.Ordinal);
        Assert.Contains("colonies moved", Refused([Source], moves: [new("source", "source", double.NaN)]), StringComparison.Ordinal);
        Assert.Contains("one of oxalic-acid", Refused([Source], new Countermeasure("sugar", null, false)), StringComparison.Ordinal);
    }

    private static double Width(ChanceRange chance) => chance.High - chance.Low;

    private static string Refused(
        IReadOnlyList<PlacedApiary> apiaries, Countermeasure? against = null, IReadOnlyList<WeeklyMove>? moves = null) =>
        Assert.Throws<InputException>(() => Run(apiaries, against, moves)).Message;

    private static SpreadScenario Run(
        IReadOnlyList<PlacedApiary> apiaries, Countermeasure? against = null, IReadOnlyList<WeeklyMove>? moves = null) =>
        VarroaScenario.Run(
            apiaries, moves ?? Country.NoMoves, against ?? Countermeasure.None, Country.Once, TestContext.Current.CancellationToken);
}
