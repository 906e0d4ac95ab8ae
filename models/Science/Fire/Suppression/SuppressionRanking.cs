using System.Globalization;
using IotGateway.Science.Fire.Behaviour;
using static System.Math;

namespace IotGateway.Science.Fire.Suppression;

/// <summary>Ranks ways to work on a fire by their probability over an ensemble of what the fire may be.</summary>
public static class SuppressionRanking
{
    /// <summary>
    /// For each means, the share of cases in which the flames at the head are short enough for it, times Hirsch's
    /// containment probability for the crew; with the 5th and 95th percentile of 1,000 resamples. Best
    /// first; means without a published probability last.
    /// </summary>
    /// <param name="cases">Head fire intensity, kW/m, and area, ha, at arrival in each member; at least one.</param>
    /// <param name="means">What is at hand.</param>
    /// <param name="seed">Seed of the resampling.</param>
    /// <exception cref="InputException">There is no case, or a value is outside its range.</exception>
    public static IReadOnlyList<SuppressionOption> Rank(
        IReadOnlyList<(double Intensity, double AreaHectares)> cases, IReadOnlyList<SuppressionMeans> means, int seed = 1)
    {
        Check.Within(cases.Count, 1, 1_000_000, "cases");
        return
        [
            .. means
                .Select(m => Of(m, cases, seed))
                .OrderByDescending(o => o.Probability ?? -1)
                .ThenBy(o => o.Means.Name, StringComparer.Ordinal),
        ];
    }

    private static SuppressionOption Of(SuppressionMeans means, IReadOnlyList<(double Intensity, double AreaHectares)> cases, int seed)
    {
        if (!double.IsFinite(means.FlameLimitMetres))
            return new SuppressionOption(
                means, null, 0, 1, "no published probability: the only choice beyond the others' limits; " + means.Assumptions);
        var chances = cases.Select(c => Chance(means, c.Intensity, c.AreaHectares)).ToArray();
        var (low, high) = Interval(chances, seed);
        var basis = string.Create(CultureInfo.InvariantCulture,
            $"flames at the head at most {means.FlameLimitMetres:0.0} m, and the containment at initial attack that crew leaders judged; "
                + $"{means.Assumptions}");
        return new SuppressionOption(means, chances.Average(), low, high, basis);
    }

    private static double Chance(SuppressionMeans means, double intensity, double area) =>
        FireIntensity.FlameLengthMetres(intensity) <= means.FlameLimitMetres ? InitialAttack.ContainmentProbability(area, intensity) : 0;

    private static (double Low, double High) Interval(double[] chances, int seed)
    {
        const int resamples = 1000;
        var averages = new double[resamples];
        var state = (ulong)(uint)seed;
        for (var i = 0; i < resamples; i++)
        {
            var sum = 0.0;
            for (var j = 0; j < chances.Length; j++)
            {
                state = state * 6364136223846793005 + 1442695040888963407;
                sum += chances[(int)((state >> 33) % (ulong)chances.Length)];
            }

            averages[i] = sum / chances.Length;
        }

        Array.Sort(averages);
        return (averages[(int)Floor(0.05 * resamples)], averages[(int)Ceiling(0.95 * resamples) - 1]);
    }
}
