using IotGateway.Science.Scores;

namespace IotGateway.Cloud.Forecasts;

/// <summary>Measures that a step of a forecast is scored by, with the baseline beside each.</summary>
internal static class Measures
{
    public const string AbsoluteError = "absolute-error";
    public const string Pinball = "pinball";
    public const string Crps = "crps";
    public const string Covered = "covered";
    public const string Brier = "brier";

    /// <summary>
    /// All that the step allows. The baseline of a value is a value without an interval: it stands for each of the quantiles, so its CRPS
    /// is its absolute error.
    /// </summary>
    public static IReadOnlyList<Measure> Of(ForecastStep step, double observed)
    {
        var measures = new List<Measure>();
        if (step.Value is { } value)
            measures.Add(new Measure(AbsoluteError, Math.Abs(value - observed), Math.Abs(step.Baseline - observed)));
        if (step.Quantiles.Count > 0)
        {
            double[] levels = [.. step.Quantiles.Select(q => q.Probability)];
            double[] values = [.. step.Quantiles.Select(q => q.Value)];
            measures.Add(new Measure(
                Pinball, levels.Zip(values, (l, v) => QuantileScore.Pinball(l, v, observed)).Average(),
                levels.Average(l => QuantileScore.Pinball(l, step.Baseline, observed))));
            measures.Add(new Measure(Crps, QuantileScore.Crps(levels, values, observed), Math.Abs(step.Baseline - observed)));
            measures.Add(new Measure(Covered, observed >= values[0] && observed <= values[^1] ? 1 : 0, null));
        }

        if (step.Probability is { } probability)
            measures.Add(new Measure(Brier, Square(probability - observed), Square(step.Baseline - observed)));
        return measures;
    }

    private static double Square(double value) => value * value;
}
