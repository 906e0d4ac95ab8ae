using IotGateway.Cloud.Forecasts;
using IotGateway.Cloud.Hives.Visits;
using IotGateway.Cloud.Sites;
using IotGateway.Science.Hive.Learnt;

namespace IotGateway.Cloud.Hives.Forecasts.MitesAtWash;

/// <summary>Mites on a hundred bees at the next wash, by the model learnt from washes; its truth is that wash.</summary>
internal sealed class MitesAtWashKind(VisitBook visits) : IForecastKind
{
    private readonly WashForecasts _washes = new(visits);

    public string Name => "mites-at-wash";

    public string Title => "Mites at the next wash";

    public string SubjectKind => SubjectId.Hive;

    public TimeSpan Farthest => WashForecasts.Farthest;

    public Task<DateTimeOffset?> BeginsAsync(Subject subject, CancellationToken cancellation) =>
        _washes.BeginsAsync(subject, cancellation);

    public Task<IReadOnlyList<Forecast>> MakeAsync(Subject subject, DateTimeOffset first, int count, CancellationToken cancellation) =>
        _washes.MakeAsync(Name, subject, first, count, "as at the last wash", Step, cancellation);

    public Task<double?> TruthAsync(Subject subject, DateTimeOffset validAt, CancellationToken cancellation) =>
        _washes.TruthAsync(subject, validAt, cancellation);

    public Task<string?> WhyNotAsync(Subject subject, DateTimeOffset asOf, CancellationToken cancellation) =>
        _washes.WhyNotAsync(subject, asOf, cancellation);

    private static ForecastStep Step(LastWash wash, WashRoot root, DateTimeOffset validAt) => new(
        validAt, "per 100 bees", Mites(root.Value),
        [
            new Quantile(0.1, Mites(root.Value + root.Low)), new Quantile(0.5, Mites(root.Value)),
            new Quantile(0.9, Mites(root.Value + root.High)),
        ],
        null, Math.Round(wash.PerHundred, 2),
        [
            .. WashForecasts.Reasons(wash, wash.DaysTo(validAt)),
            "It is better than taking the last wash as it is; that it beats twice the last wash could not be told from chance.",
        ]);

    private static double Mites(double root) => Math.Round(MiteOutlook.PerHundred(root), 2);
}
