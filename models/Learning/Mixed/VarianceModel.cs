namespace IotGateway.Learning.Mixed;

/// <summary>
/// Linear mixed model of the root of a percentage: a mean, random effects, and noise (Henderson 1975; with these kernels also a Gaussian
/// process). All that is learnt of the past beside the rows themselves.
/// </summary>
/// <param name="Mean">The mean of the roots.</param>
/// <param name="Effects">The random effects, independent of each other.</param>
/// <param name="Noise">What is left.</param>
internal sealed record VarianceModel(double Mean, IReadOnlyList<Effect> Effects, SamplingNoise Noise)
{
    /// <summary>A first guess from the total variance, before the search; the shares are round figures, not fitted to anything.</summary>
    public static VarianceModel Guess(double mean, double variance) => new(
        mean,
        [
            new("season", SharedBy.Season, 0.19 * variance, null),
            new("season of late", SharedBy.Season, 0.07 * variance, 3),
            new("quarter", SharedBy.Quarter, 0.04 * variance, null),
            new("state", SharedBy.State, 0.11 * variance, null),
            new("state of late", SharedBy.State, 0.07 * variance, 3),
            new("state's season", SharedBy.State | SharedBy.Season, 0.07 * variance, null),
            new("state's season of late", SharedBy.State | SharedBy.Season, 0.07 * variance, 3),
            new("neighbours' season", SharedBy.Division | SharedBy.Season, 0.04 * variance, null),
            new("neighbours' quarter", SharedBy.Division | SharedBy.Quarter, 0.04 * variance, null),
        ],
        new SamplingNoise(0.25 * variance, 0.22, 0.07 * variance));
}
