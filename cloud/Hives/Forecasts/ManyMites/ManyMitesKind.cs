using IotGateway.Cloud.Forecasts;
using IotGateway.Cloud.Hives.Forecasts.MitesAtWash;
using IotGateway.Cloud.Hives.Visits;
using IotGateway.Cloud.Sites;
using IotGateway.Science.Hive.Learnt;

namespace IotGateway.Cloud.Hives.Forecasts.ManyMites;

/// <summary>Chance that the next wash finds 3 mites on a hundred bees or more; its truth is that wash.</summary>
internal sealed class ManyMitesKind(VisitBook visits) : IForecastKind
{
    /// <summary>Share of the model's 122 colonies that had so many at their final wash.</summary>
    public const double BaseRate = 42.0 / 122;

    private readonly WashForecasts _washes = new(visits);

    public string Name => "many-mites";

    public string Title => "3 mites on 100 bees or more at the next wash";

    public string SubjectKind => SubjectId.Hive;

    public TimeSpan Farthest => WashForecasts.Farthest;

    public Task<DateTimeOffset?> BeginsAsync(Subject subject, CancellationToken cancellation) =>
        _washes.BeginsAsync(subject, cancellation);

    public Task<IReadOnlyList<Forecast>> MakeAsync(Subject subject, DateTimeOffset first, int count, CancellationToken cancellation) =>
        _washes.MakeAsync(Name, subject, first, count, "share of the colonies it was learnt from", Step, cancellation);

    public async Task<double?> TruthAsync(Subject subject, DateTimeOffset validAt, CancellationToken cancellation) =>
        await _washes.TruthAsync(subject, validAt, cancellation) is { } found ? found >= MiteOutlook.Many ? 1 : 0 : null;

    public Task<string?> WhyNotAsync(Subject subject, DateTimeOffset asOf, CancellationToken cancellation) =>
        _washes.WhyNotAsync(subject, asOf, cancellation);

    private static ForecastStep Step(LastWash wash, WashRoot root, DateTimeOffset validAt) => new(
        validAt, "1", null, [], Math.Round(MiteOutlook.ChanceOfMany(root.Value, root.Low, root.High), 3), Math.Round(BaseRate, 3),
        [
            .. WashForecasts.Reasons(wash, wash.DaysTo(validAt)),
            "It puts colonies in no better order than their last wash does; the chance itself is what it adds.",
        ]);
}
