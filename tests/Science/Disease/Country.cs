using IotGateway.Science.Disease;
using IotGateway.Science.Earth;

namespace IotGateway.Science.Tests.Disease;

/// <summary>Apiaries on a parallel, for the scenarios' tests.</summary>
internal static class Country
{
    private const double Latitude = 45.5;

    /// <summary>Kilometres of a degree of longitude there.</summary>
    private static readonly double Degree = GreatCircle.Kilometres(Latitude, 0, Latitude, 1);

    public static IReadOnlyList<WeeklyMove> NoMoves => [];

    public static SpreadOptions Once { get; } = new() { Seed = 7, Threads = 1 };

    public static PlacedApiary At(string id, double kilometresEast, int colonies = 10) =>
        new(id, new GeoPoint(Latitude, -73.6 + (kilometresEast / Degree)), colonies);

    /// <summary>Every colony washed today, with the same count among 300 bees.</summary>
    public static PlacedApiary Washed(this PlacedApiary apiary, int mites, double ageDays = 0, params string[] treatedSince) =>
        apiary with { Washes = [.. Enumerable.Repeat(new MiteCount(mites, 300, ageDays, treatedSince), apiary.Colonies)] };

    public static IReadOnlyList<double> Values(SpreadScenario scenario, string id) =>
        [.. scenario.Apiaries.Single(a => a.Id == id).Chances.Select(c => c.Value)];
}
