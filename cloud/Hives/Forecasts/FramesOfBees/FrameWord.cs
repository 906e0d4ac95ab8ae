using IotGateway.Cloud.Forecasts;
using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Hives.Forecasts.FramesOfBees;

/// <summary>Word on the frames of bees that a visit would count, by whoever says it.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Features">A hash of what it was given.</param>
/// <param name="Quantiles">Of the frames, ascending, the median among them.</param>
/// <param name="Reasons">Sentences for the beekeeper.</param>
internal sealed record FrameWord(
    string Model, string Version, string Features, IReadOnlyList<Quantile> Quantiles, IReadOnlyList<string> Reasons)
{
    /// <summary>Frames as they are told, to a tenth.</summary>
    public static double Frames(double frames) => Math.Round(Math.Max(0, frames), 1);

    /// <summary>The forecast that it makes, beside the last visit's count.</summary>
    public Forecast Of(Subject subject, string kind, DateTimeOffset asOf, TimeSpan ahead, double counted) => new(
        subject.Key, kind, asOf, Model, Version, "as at the last visit", Features,
        [
            new ForecastStep(
                asOf + ahead, "frames", Quantiles[Quantiles.Count / 2].Value, Quantiles, null, counted, Reasons),
        ]);
}
