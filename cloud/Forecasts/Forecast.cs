using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Forecasts;

/// <summary>Statement about later times, made of a subject as of a time from what was known then.</summary>
/// <param name="Subject">Of whom.</param>
/// <param name="Kind">The name of the kind that made it.</param>
/// <param name="AsOf">Nothing later than this was looked at; UTC, whole milliseconds.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Version">Its version: another one where the same input may give another word.</param>
/// <param name="Baseline">The name of what the model is measured against.</param>
/// <param name="Features">A hash of what the model was given, by which the same input is known again.</param>
/// <param name="Steps">What is said of each later time, ascending.</param>
/// <param name="By">The endpoint that said it; null where this process did.</param>
/// <param name="FellBack">Why the local model stands in for an endpoint; null where it does not.</param>
internal sealed record Forecast(
    SubjectId Subject, string Kind, DateTimeOffset AsOf, string Model, string Version, string Baseline, string Features,
    IReadOnlyList<ForecastStep> Steps, string? By = null, string? FellBack = null);

/// <summary>Part of a forecast about one later time: a value with its quantiles, or a probability.</summary>
/// <param name="ValidAt">Of when it speaks; for a probability the end of the time in which it may happen.</param>
/// <param name="Unit">The value's unit; <c>1</c> of a probability.</param>
/// <param name="Value">What is expected; null where only a probability is said.</param>
/// <param name="Quantiles">Ascending; empty where only a probability is said.</param>
/// <param name="Probability">0 to 1; null where a value is said.</param>
/// <param name="Baseline">The baseline's word: a value where a value is said, a probability where a probability is.</param>
/// <param name="Reasons">What speaks for it, a sentence each.</param>
internal sealed record ForecastStep(
    DateTimeOffset ValidAt, string Unit, double? Value, IReadOnlyList<Quantile> Quantiles, double? Probability, double Baseline,
    IReadOnlyList<string> Reasons);

/// <summary>Value that the truth stays below with a probability.</summary>
internal readonly record struct Quantile(double Probability, double Value);
