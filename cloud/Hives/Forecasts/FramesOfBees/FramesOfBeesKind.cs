using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using IotGateway.Cloud.Forecasts;
using IotGateway.Cloud.Hives.Visits;
using IotGateway.Cloud.Sites;
using IotGateway.Science;

namespace IotGateway.Cloud.Hives.Forecasts.FramesOfBees;

/// <summary>
/// Frames of bees that a visit within the next day, or on the day a week later, would count; said once a day, from what the last visit
/// counted and how counts changed at the site. Its truth is such a visit.
/// </summary>
internal sealed class FramesOfBeesKind(VisitBook visits, Apiary apiary) : IForecastKind
{
    private const int MostHives = 25;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>An older count tells little of the colony of today.</summary>
    private static readonly TimeSpan OldestVisit = TimeSpan.FromDays(60);

    private static readonly int[] DaysAhead = [1, 7];
    private static readonly double[] Levels = [0.1, 0.25, 0.5, 0.75, 0.9];

    public string Name => "frames-of-bees";

    public string Title => "Frames of bees at a visit";

    public string SubjectKind => SubjectId.Hive;

    public TimeSpan Farthest => DaysAhead[^1] * Day;

    public async Task<DateTimeOffset?> BeginsAsync(Subject subject, CancellationToken cancellation) =>
        (await visits.AllAsync(subject, cancellation)).Where(v => v.Visit.FramesOfBees is not null)
            .Select(v => (DateTimeOffset?)v.Known)
            .Min();

    public async Task<IReadOnlyList<Forecast>> MakeAsync(
        Subject subject, DateTimeOffset first, int count, CancellationToken cancellation)
    {
        DateTimeOffset[] days = [.. Enumerable.Range(0, count).Select(h => first.AddHours(h)).Where(t => t.UtcDateTime.Hour == 0)];
        if (days.Length == 0)
            return [];
        var own = await visits.AllAsync(subject, cancellation);
        var all = new List<IReadOnlyList<VisitVersion>> { own };
        foreach (var other in apiary.Hives.Where(h => h.Site.Id == subject.Site.Id && h.Key != subject.Key).Take(MostHives - 1))
            all.Add(await visits.AllAsync(other, cancellation));
        return [.. days.Select(asOf => Make(subject, own, all, asOf)).OfType<Forecast>()];
    }

    public async Task<double?> TruthAsync(Subject subject, DateTimeOffset validAt, CancellationToken cancellation) =>
        (await visits.KnownAsync(subject, DateTimeOffset.MaxValue, cancellation))
            .Select(v => v.Visit)
            .FirstOrDefault(v => v.FramesOfBees is not null && v.Begin > validAt - Day && v.Begin <= validAt)?.FramesOfBees;

    private Forecast? Make(
        Subject subject, IReadOnlyList<VisitVersion> own, IReadOnlyList<IReadOnlyList<VisitVersion>> all, DateTimeOffset asOf)
    {
        var last = VisitBook.KnownOf(own, asOf).Select(v => v.Visit).LastOrDefault(v => v.FramesOfBees is not null);
        var changes = FrameChanges.Of(all, asOf);
        if (last is null || asOf - last.Begin > OldestVisit || changes.Length < FrameChanges.Fewest)
            return null;
        var counted = last.FramesOfBees!.Value;
        Quantile[] quantiles = [.. Levels.Select(l => new Quantile(l, Frames(counted + ConformalQuantile.Of(changes, l))))];
        var (low, middle, high) = (
            ConformalQuantile.Of(changes, 0.1), ConformalQuantile.Of(changes, 0.5), ConformalQuantile.Of(changes, 0.9));
        string[] reasons =
        [
            Words($"The visit of {last.Begin.UtcDateTime:d MMMM} counted {counted:0.#} frames of bees."),
            Words($"From one visit to the next, counts at this site changed by {middle:+0.0;−0.0;0.0} frames in the middle, ")
                + Words($"and by {low:+0.0;−0.0;0.0} to {high:+0.0;−0.0;0.0} in four of five of {changes.Length} ")
                + "cases of the last 60 days: the interval is made of them.",
        ];
        var features = Words($"{counted:R} {string.Join(' ', changes.Select(c => Words($"{c:R}")))}");
        return new Forecast(
            subject.Key, Name, asOf, "site-changes", "1", "as at the last visit",
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(features)))[..16],
            [
                .. DaysAhead.Select(d => new ForecastStep(
                    asOf + (d * Day), "frames", quantiles[2].Value, quantiles, null, counted, reasons)),
            ]);
    }

    private static double Frames(double frames) => Math.Round(Math.Max(0, frames), 1);

    private static string Words(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
