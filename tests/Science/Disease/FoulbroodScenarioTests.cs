using IotGateway.Science.Disease;
using IotGateway.Science.Disease.Foulbrood;

namespace IotGateway.Science.Tests.Disease;

/// <summary>Foulbrood between apiaries: what must hold whatever the parameters are, and what is refused.</summary>
public class FoulbroodScenarioTests
{
    private static readonly PlacedApiary Source = Country.At("source", 0) with { Cases = 3 };

    public static TheoryData<string> Kinds => [FoulbroodKind.American.Name, FoulbroodKind.European.Name];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void AChanceRisesWithTimeAndNeverWithDistance(string kind)
    {
        double[] kilometres = [0, 0.5, 1, 2, 4, 12.1];
        var chances = kilometres.Select(k => Country.Values(Run(kind, [Source, Country.At("a", k)]), "a")).ToList();

        Assert.All(chances, c => Assert.Equal(c.Order(), c));
        Assert.Equal(chances.Select(c => c[2]).OrderDescending(), chances.Select(c => c[2]));
        Assert.True(chances[0][0] > 0.02 && chances[^1][2] == 0, $"{chances[0][0]} beside the source, {chances[^1][2]} out of reach");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void DestructionEndsItAndOtherTreatmentsLeaveSome(string kind)
    {
        PlacedApiary[] apiaries = [Source, Country.At("a", 0.5)];
        var after = FoulbroodKindOf(kind).Treatments.ToDictionary(
            t => t.Name, t => Country.Values(Run(kind, apiaries, new Countermeasure(t.Name, null, Standstill: false)), "a")[2]);
        var nothing = Country.Values(Run(kind, apiaries), "a")[2];

        Assert.Equal(0, after["destruction"]);
        Assert.True(
            after["shook-swarm"] > 0 && after["shook-swarm"] < after["antibiotic"] && after["antibiotic"] < nothing,
            $"{after["shook-swarm"]} {after["antibiotic"]} {nothing}");
    }

    [Fact]
    public void AMovedColonyBringsItAndAStandstillDoesNot()
    {
        PlacedApiary[] apiaries = [Source, Country.At("a", 100)];
        WeeklyMove[] moves = [new("source", "a", 0.25)];
        var name = FoulbroodKind.American.Name;

        Assert.InRange(Country.Values(Run(name, apiaries, moves: moves), "a")[2], 0.3, 0.7);
        Assert.Equal(0, Country.Values(Run(name, apiaries, new Countermeasure(null, null, Standstill: true), moves), "a")[2]);
    }

    [Fact]
    public void TwentyFivePairsInATrialFallIllAsOftenAsInTheTrial()
    {
        // Goodwin et al. 1994: 2 of 25 single colonies beside a diseased one within 103 days; 56 days make some 1.1 of 25.
        var pair = new[] { Country.At("source", 0, colonies: 1) with { Cases = 1 }, Country.At("a", 0, colonies: 1) };

        Assert.InRange(25 * Country.Values(Run(FoulbroodKind.American.Name, pair), "a")[2], 0.24 * 56 / 103, 7.22 * 56 / 103);
    }

    [Fact]
    public void TheSameSeedGivesTheSameOnAnyThreads()
    {
        PlacedApiary[] apiaries = [Source, Country.At("a", 1), Country.At("b", 1.5)];
        var one = Run(FoulbroodKind.American.Name, apiaries);
        var other = FoulbroodScenario.Run(
            FoulbroodKind.American, apiaries, Country.NoMoves, Countermeasure.None, Country.Once with { Threads = 3 },
            TestContext.Current.CancellationToken);

        Assert.All(apiaries, a => Assert.Equal(Country.Values(one, a.Id), Country.Values(other, a.Id)));
    }

    [Fact]
    public void WithoutACaseNothingIsSaidAndMoreCasesThanColoniesAreRefused()
    {
        var name = FoulbroodKind.American.Name;
        Assert.Contains("at least one", Refused(name, [Country.At("a", 0)]), StringComparison.Ordinal);
        Assert.Contains("cases of apiary source", Refused(name, [Source with { Cases = 11 }]), StringComparison.Ordinal);
        Assert.Contains("one of destruction", Refused(name, [Source], new Countermeasure("thymol", null, false)), StringComparison.Ordinal);
    }

    private static FoulbroodKind FoulbroodKindOf(string name) =>
        name == FoulbroodKind.American.Name ? FoulbroodKind.American : FoulbroodKind.European;

    private static string Refused(string kind, IReadOnlyList<PlacedApiary> apiaries, Countermeasure? against = null) =>
        Assert.Throws<InputException>(() => Run(kind, apiaries, against)).Message;

    private static SpreadScenario Run(
        string kind, IReadOnlyList<PlacedApiary> apiaries, Countermeasure? against = null, IReadOnlyList<WeeklyMove>? moves = null) =>
        FoulbroodScenario.Run(
            FoulbroodKindOf(kind), apiaries, moves ?? Country.NoMoves, against ?? Countermeasure.None, Country.Once,
            TestContext.Current.CancellationToken);
}
