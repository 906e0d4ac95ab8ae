namespace IotGateway.Cloud.Forecasts.Record;

/// <summary>Part of a record that a score belongs to: a model, and how far ahead it spoke.</summary>
internal readonly record struct RecordKey(string Model, string Version, string Baseline, double HoursAhead, string Unit)
{
    private const double HoursOfMonth = 30 * 24;

    public static RecordKey Of(ForecastScore score) =>
        new(score.Model, score.Version, score.Baseline, HoursOf(score.Said.ValidAt - score.AsOf), score.Said.Unit);

    /// <summary>Hours ahead. From four weeks on they are told in months of 30 days: no two quarters have the same length.</summary>
    public static double HoursOf(TimeSpan ahead) =>
        ahead.TotalDays < 28 ? ahead.TotalHours : Math.Round(ahead.TotalHours / HoursOfMonth) * HoursOfMonth;
}
