using IotGateway.Cloud.Forecasts;
using IotGateway.Cloud.Hives.Visits;
using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Hives.Forecasts.FramesOfBees;

/// <summary>
/// Frames of bees that a visit on the day a week later would count; said once a day, from what the last visit counted and how counts
/// changed at the site. Its truth is such a visit.
/// </summary>
internal sealed class FramesOfBeesKind(VisitBook visits, Apiary apiary) : IForecastKind
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(7);

    public string Name => "frames-of-bees";

    public string Title => "Frames of bees in a week";

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
        return [.. days.Select(asOf => Make(subject, all, asOf)).OfType<Forecast>()];
    }

    public Task<double?> TruthAsync(Subject subject, DateTimeOffset validAt, CancellationToken cancellation) =>
        FrameCounts.TruthAsync(visits, subject, validAt, cancellation);

    public async Task<string?> WhyNotAsync(Subject subject, DateTimeOffset asOf, CancellationToken cancellation)
    {
        var all = await FrameCounts.ReadAsync(visits, apiary, subject, cancellation);
        return FrameCounts.WhyNot(all[0], asOf) ?? SiteChanges.WhyNot(FrameChanges.Of(all, asOf));
    }

    private Forecast? Make(Subject subject, IReadOnlyList<IReadOnlyList<VisitVersion>> all, DateTimeOffset asOf) =>
        FrameCounts.Last(all[0], asOf) is { FramesOfBees: { } counted } last
            ? SiteChanges.Of(last, FrameChanges.Of(all, asOf))?.Of(subject, Name, asOf, Ahead, counted)
            : null;
}
