using IotGateway.Learning.Panel;

namespace IotGateway.Learning.Evaluation;

/// <summary>Interval of the shrunk mean: itself and the quantiles of its errors in the quarters before.</summary>
internal static class PastErrors
{
    /// <summary>Those of the quantiles that are scored.</summary>
    public static readonly double[] Probabilities = [0.1, 0.5, 0.9];

    /// <summary>The 10, 50 and 90 % quantiles of each forecast, in their order; those that have no earlier quarter are left out.</summary>
    public static IReadOnlyList<(Forecasted Forecast, double[] Quantiles)> Quantiles(IReadOnlyList<Forecasted> forecasts, Quarter first)
    {
        var found = new List<(Forecasted, double[])>();
        var errors = new List<double>();
        foreach (var quarter in forecasts.GroupBy(f => f.Row.Quarter))
        {
            if (errors.Count > 0 && quarter.Key.Index >= first.Index)
            {
                var sorted = errors.Order().ToList();
                var shifts = Probabilities.Select(p => At(sorted, p)).ToArray();
                found.AddRange(quarter.Select(f => (f, shifts.Select(s => Math.Max(f.Baseline.ShrunkMean + s, 0)).ToArray())));
            }

            errors.AddRange(quarter.Select(f => f.Row.Percent - f.Baseline.ShrunkMean));
        }

        return found;
    }

    private static double At(List<double> sorted, double probability) =>
        sorted[Math.Clamp((int)Math.Ceiling(probability * (sorted.Count + 1)) - 1, 0, sorted.Count - 1)];
}
