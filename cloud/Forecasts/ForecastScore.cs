namespace IotGateway.Cloud.Forecasts;

/// <summary>Distance of a forecast's step from the truth, noted when the truth arrived.</summary>
/// <param name="AsOf">The forecast's.</param>
/// <param name="Model">The forecast's.</param>
/// <param name="Version">The forecast's.</param>
/// <param name="Baseline">The name of the forecast's baseline.</param>
/// <param name="Said">The step as it was said, without its reasons.</param>
/// <param name="ScoredAt">When the truth was looked at, by the site's clock.</param>
/// <param name="Observed">The truth, in the step's unit; 0 or 1 of a probability.</param>
/// <param name="Measures">By each measure that the step allows.</param>
/// <param name="StoodIn">True where the local model stood in for an endpoint; null where it did not.</param>
internal sealed record ForecastScore(
    DateTimeOffset AsOf, string Model, string Version, string Baseline, ForecastStep Said, DateTimeOffset ScoredAt,
    double Observed, IReadOnlyList<Measure> Measures, bool? StoodIn = null);

/// <summary>Distance by one measure.</summary>
/// <param name="Name">Such as <c>crps</c>.</param>
/// <param name="Value">Less is better; of <c>covered</c> 1 within the outermost quantiles and 0 outside.</param>
/// <param name="Baseline">The baseline's by the same measure; null where it has none.</param>
internal readonly record struct Measure(string Name, double Value, double? Baseline);
