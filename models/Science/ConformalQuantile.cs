namespace IotGateway.Science;

/// <summary>
/// Quantiles of past errors that make the promise of a conformal interval (Vovk et al. 2005): the value at rank p (n + 1).
/// </summary>
public static class ConformalQuantile
{
    /// <summary>The value; between two ranks in proportion, beyond the first or the last that one.</summary>
    /// <param name="sorted">At least one, ascending.</param>
    /// <param name="probability">From 0 to 1.</param>
    /// <returns>The quantile, in the unit of the values.</returns>
    public static double Of(ReadOnlySpan<double> sorted, double probability)
    {
        var rank = Math.Clamp((probability * (sorted.Length + 1)) - 1, 0, sorted.Length - 1);
        var below = (int)rank;
        return sorted[below] + ((rank - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]));
    }
}
