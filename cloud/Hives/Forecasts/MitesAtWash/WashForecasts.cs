using IotGateway.Cloud.Forecasts;
using IotGateway.Cloud.Hives.Forecasts.Learnt;
using IotGateway.Cloud.Hives.Visits;
using IotGateway.Cloud.Sites;
using IotGateway.Science.Hive.Learnt;
using static IotGateway.Cloud.Hives.Forecasts.Said;

namespace IotGateway.Cloud.Hives.Forecasts.MitesAtWash;

/// <summary>
/// Forecasts of a wash 7, 14, 21 or 28 days ahead, where it would lie three to five weeks behind the last one; said once a day. Their truth
/// is the wash of the day forecast.
/// </summary>
internal sealed class WashForecasts(VisitBook visits)
{
    private const string Target = "mites a 100 bees";

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly int[] DaysAhead = [7, 14, 21, 28];
    private static readonly LearntModel Model = LearntModel.Read("hive-mites", MiteFeatures.Names);

    public static TimeSpan Farthest => DaysAhead[^1] * Day;

    public async Task<DateTimeOffset?> BeginsAsync(Subject subject, CancellationToken cancellation) =>
        (await visits.AllAsync(subject, cancellation)).Where(v => v.Visit.MiteWash is not null).Select(v => (DateTimeOffset?)v.Known).Min();

    /// <summary>Forecasts as of the days among hours on end.</summary>
    /// <param name="kind">The kind's name.</param>
    /// <param name="subject">The hive.</param>
    /// <param name="first">The first hour.</param>
    /// <param name="count">Hours.</param>
    /// <param name="baseline">The baseline's name.</param>
    /// <param name="step">A step, of the wash, the model's root for a time and that time.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<IReadOnlyList<Forecast>> MakeAsync(
        string kind, Subject subject, DateTimeOffset first, int count, string baseline,
        Func<LastWash, WashRoot, DateTimeOffset, ForecastStep> step, CancellationToken cancellation)
    {
        var days = Daily.Of(first, count);
        if (days.Length == 0)
            return [];
        var own = await visits.AllAsync(subject, cancellation);
        var made = new List<Forecast>();
        foreach (var asOf in days)
        {
            if (LastWash.Of(own, asOf).Wash is not { } wash)
                continue;
            var sum = Model.For(subject.Id, Target);
            ForecastStep[] steps =
            [
                .. DaysAhead.Select(d => asOf + (d * Day))
                    .Where(t => wash.DaysTo(t) is >= LastWash.Soonest and <= LastWash.Latest)
                    .Select(t => step(wash, WashRoot.Of(sum, wash, wash.DaysTo(t)), t)),
            ];
            if (steps.Length > 0)
            {
                made.Add(new Forecast(
                    subject.Key, kind, asOf, Model.Name, Model.VersionOf(sum), baseline,
                    Hash(Words($"{wash.Mites} {wash.Bees} {wash.At.UtcTicks}")), steps));
            }
        }

        return made;
    }

    /// <summary>Mites on a hundred bees of a wash within the day up to a time; null without one.</summary>
    public async Task<double?> TruthAsync(Subject subject, DateTimeOffset validAt, CancellationToken cancellation) =>
        (await visits.KnownAsync(subject, DateTimeOffset.MaxValue, cancellation))
            .Select(v => v.Visit)
            .FirstOrDefault(v => v.Begin > validAt - Day && v.Begin <= validAt && v.MiteWash is not null) is { MiteWash: { } wash }
                ? 100.0 * wash.Mites / wash.Bees
                : null;

    public async Task<string?> WhyNotAsync(Subject subject, DateTimeOffset asOf, CancellationToken cancellation) =>
        LastWash.Of(await visits.AllAsync(subject, cancellation), asOf).WhyNot;

    /// <summary>Sentences on what a forecast rests on.</summary>
    public static IReadOnlyList<string> Reasons(LastWash wash, int days)
    {
        var (found, grown) = (wash.PerHundred, wash.PerHundred * Math.Exp(MiteFeatures.DailyGrowth * days));
        return
        [
            Words($"The wash of {wash.At.UtcDateTime:d MMMM} found {found:0.0} mites on a hundred bees ({wash.Mites} on {wash.Bees}); ")
                + Words($"left alone for {days} days with brood, they would grow to {grown:0.0}."),
            "Learnt from 122 new colonies of four yards in Alabama, May to July, that were not treated between two washes; other places "
                + "and seasons it does not know. The interval is made of its errors on yards that were held out.",
        ];
    }
}

/// <summary>Root of the mites at a later wash, as the model says it.</summary>
/// <param name="Value">The root.</param>
/// <param name="Low">The 10 % quantile of its errors.</param>
/// <param name="High">The 90 % quantile.</param>
internal readonly record struct WashRoot(double Value, double Low, double High)
{
    public static WashRoot Of(LearntSum sum, LastWash wash, int days) =>
        new(sum.At(MiteFeatures.Of(wash.PerHundred, days, null)), sum.Low, sum.High);
}
