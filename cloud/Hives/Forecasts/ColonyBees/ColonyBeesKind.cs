using IotGateway.Cloud.Forecasts;
using IotGateway.Cloud.Hives.Forecasts.FramesOfBees;
using IotGateway.Cloud.Hives.Visits;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Weather.Hours;

namespace IotGateway.Cloud.Hives.Forecasts.ColonyBees;

/// <summary>
/// Frames of bees that a visit within the next day would count, by the colony model with its filter: from the weather since 1 May, the
/// nest's thermometers and what visits found and did. Said once a day, beside it what the model has of mites; its truth is such a visit.
/// </summary>
internal sealed class ColonyBeesKind(VisitBook visits, IObservations store, WeatherRegistry weather) : IForecastKind
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public string Name => "colony-bees";

    public string Title => "Frames of bees, scenario of the colony model";

    public string NotShown =>
        "over the recorded season of seven hives its middle was off by 4.5 frames of bees, and the last count by 2.7";

    public string SubjectKind => SubjectId.Hive;

    public TimeSpan Farthest => Day;

    public Task<DateTimeOffset?> BeginsAsync(Subject subject, CancellationToken cancellation) =>
        FrameCounts.BeginsAsync(visits, subject, cancellation);

    public async Task<IReadOnlyList<Forecast>> MakeAsync(
        Subject subject, DateTimeOffset first, int count, CancellationToken cancellation)
    {
        var made = new List<Forecast>();
        foreach (var asOf in Daily.Of(first, count))
        {
            if (await SeasonAsync(subject, asOf, cancellation) is ({ } season, null))
                made.Add(Make(subject, season, asOf));
        }

        return made;
    }

    public Task<double?> TruthAsync(Subject subject, DateTimeOffset validAt, CancellationToken cancellation) =>
        FrameCounts.TruthAsync(visits, subject, validAt, cancellation);

    public async Task<string?> WhyNotAsync(Subject subject, DateTimeOffset asOf, CancellationToken cancellation) =>
        (await SeasonAsync(subject, asOf, cancellation)).WhyNot;

    /// <summary>A hive's season, or the reason why nothing can be said of it.</summary>
    private async Task<(ColonySeason? Season, string? WhyNot)> SeasonAsync(
        Subject subject, DateTimeOffset asOf, CancellationToken cancellation)
    {
        var known = await visits.KnownAsync(subject, asOf, cancellation);
        if (SeasonSpan.WhyNot(subject.Site, known, asOf) is { } reason)
            return (null, reason);
        var season = await ColonySeason.ReadAsync(subject, known, asOf, store, weather.For(subject.Site), cancellation);
        return (season, season.WhyNot);
    }

    private Forecast Make(Subject subject, ColonySeason season, DateTimeOffset asOf)
    {
        var filter = season.Filter();
        var frames = filter.CountOfFrames();
        Quantile[] quantiles = [new(0.1, Frames(frames.Low)), new(0.5, Frames(frames.Median)), new(0.9, Frames(frames.High))];
        return new Forecast(
            subject.Key, Name, asOf, "colony-filter", "1", "as at the last visit", season.Hash(),
            [
                new ForecastStep(
                    asOf + Day, "frames", quantiles[1].Value, quantiles, null, season.LastCount.FramesOfBees!.Value,
                    ColonyWords.Of(season, filter)),
            ]);
    }

    private static double Frames(double frames) => Math.Round(frames, 1);
}
