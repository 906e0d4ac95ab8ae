using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Forecasts;

/// <summary>Statement about later times, made of a subject as of a time from what was known then.</summary>
/// <param name="Subject">Of whom.</param>
/// <param name="Kind">The name of the kind that made it.</param>
/// <param name="AsOf">Nothing later than this was looked at; UTC, whole milliseconds.</param>
/// <param name="Model">The model with its version.</param>
/// <param name="Features">A hash of what the model was given, by which the same input is known again.</param>
/// <param name="Steps">What is said of each later time, ascending.</param>
internal sealed record Forecast(
    SubjectId Subject, string Kind, DateTimeOffset AsOf, string Model, string Features, IReadOnlyList<ForecastStep> Steps);

/// <summary>Part of a forecast about one later time: a value with its quantiles, or a probability.</summary>
/// <param name="ValidAt">Of when it speaks; for a probability the end of the time in which it may happen.</param>
/// <param name="Unit">The value's unit; <c>1</c> of a probability.</param>
/// <param name="Value">What is expected; null where only a probability is said.</param>
/// <param name="Quantiles">Ascending; empty where only a probability is said.</param>
/// <param name="Probability">0 to 1; null where a value is said.</param>
/// <param name="Reasons">What speaks for it, a sentence each.</param>
internal sealed record ForecastStep(
    DateTimeOffset ValidAt, string Unit, double? Value, IReadOnlyList<Quantile> Quantiles, double? Probability,
    IReadOnlyList<string> Reasons);

/// <summary>Value that the truth stays below with a probability.</summary>
internal readonly record struct Quantile(double Probability, double Value);

/// <summary>Distance of a forecast from the truth, noted when the truth arrived.</summary>
/// <param name="AsOf">The forecast's.</param>
/// <param name="ValidAt">The step's.</param>
/// <param name="ScoredAt">When the truth was looked at.</param>
/// <param name="Observed">The truth, in the step's unit; 0 or 1 of a probability.</param>
/// <param name="Measure">The name of the measure, such as <c>crps</c> or <c>brier</c>.</param>
/// <param name="Value">By that measure; less is better.</param>
internal sealed record ForecastScore(
    DateTimeOffset AsOf, DateTimeOffset ValidAt, DateTimeOffset ScoredAt, double Observed, string Measure, double Value);
