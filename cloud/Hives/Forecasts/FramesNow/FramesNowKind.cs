using IotGateway.Cloud.Forecasts;
using IotGateway.Cloud.Hives.Forecasts.FramesOfBees;
using IotGateway.Cloud.Hives.Visits;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Weather.Hours;

namespace IotGateway.Cloud.Hives.Forecasts.FramesNow;

/// <summary>
/// Frames of bees that a visit within the next day would count; said once a day by the learnt model where the boxes are known and the nest
/// has three days of readings beside the weather, else by how counts changed at the site. Its truth is such a visit.
/// </summary>
internal sealed class FramesNowKind(VisitBook visits, Apiary apiary, IObservations store, WeatherRegistry weather) : IForecastKind
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(1);

    public string Name => "frames-now";

    public string Title => "Frames of bees now";

    public string SubjectKind => SubjectId.Hive;

    public TimeSpan Farthest => Ahead;

    public Task<DateTimeOffset?> BeginsAsync(Subject subject, CancellationToken cancellation) =>
        FrameCounts.BeginsAsync(visits, subject, cancellation);

    public async Task<IReadOnlyList<Forecast>> MakeAsync(
        Subject subject, DateTimeOffset first, int count, CancellationToken cancellation)
    {
        var days = Daily.Of(first, count);
        if (days.Length == 0)
            return [];
        var all = await FrameCounts.ReadAsync(visits, apiary, subject, cancellation);
        var made = new List<Forecast>();
        foreach (var asOf in days)
        {
            if (FrameCounts.Last(all[0], asOf) is not { FramesOfBees: { } counted } last)
                continue;
            var (word, whyNot) = await LearntAsync(subject, last, all[0], asOf, cancellation);
            if (whyNot is not null && SiteChanges.Of(last, FrameChanges.Of(all, asOf)) is { } bySite)
                word = bySite with { Reasons = [.. bySite.Reasons, $"Not said by the learnt model: {whyNot}."] };
            if (word is not null)
                made.Add(word.Of(subject, Name, asOf, Ahead, counted));
        }

        return made;
    }

    public Task<double?> TruthAsync(Subject subject, DateTimeOffset validAt, CancellationToken cancellation) =>
        FrameCounts.TruthAsync(visits, subject, validAt, cancellation);

    public async Task<string?> WhyNotAsync(Subject subject, DateTimeOffset asOf, CancellationToken cancellation)
    {
        var all = await FrameCounts.ReadAsync(visits, apiary, subject, cancellation);
        if (FrameCounts.WhyNot(all[0], asOf) is { } why)
            return why;
        var (_, notLearnt) = await LearntAsync(subject, FrameCounts.Last(all[0], asOf)!, all[0], asOf, cancellation);
        return notLearnt is not null && SiteChanges.WhyNot(FrameChanges.Of(all, asOf)) is { } few ? $"{notLearnt}, and {few}" : null;
    }

    /// <summary>The learnt model's word, or the reason why it says none.</summary>
    private async Task<(FrameWord? Word, string? WhyNot)> LearntAsync(
        Subject subject, Visit last, IReadOnlyList<VisitVersion> own, DateTimeOffset asOf, CancellationToken cancellation)
    {
        if (BoxesNow.FoundAt(last) is not { } then || BoxesNow.Of(own, asOf) is not { } boxes)
            return (null, "the last visit does not say its boxes and what was set on or taken off");
        return await NestWeeks.ReadAsync(store, weather, subject, asOf, cancellation) is { } week
            ? (LearntFrames.Of(subject.Id, last, then, boxes, week), null)
            : (null, "fewer than three days of the last week have the nest's temperature beside the weather");
    }
}
