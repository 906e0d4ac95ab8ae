using IotGateway.Cloud.Data;
using IotGateway.Cloud.Hives.State.Neighbours;
using IotGateway.Cloud.Hives.Visits;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Hives.State.Past;

/// <summary>
/// Records of words at a site, made of the hours at which they began and of the visits written since; those that were just made stand for
/// a minute, since they read a year of all its hives.
/// </summary>
internal sealed class WordRecords(Apiary apiary, StateStore states, VisitBook visits, SiteClock clock, TimeProvider time)
{
    /// <summary>Days that are looked back on.</summary>
    public const int Days = 366;

    /// <summary>Of a hive, more than it has in a year.</summary>
    private const int MostBegun = 2_000;

    /// <summary>Visits of two hives so near each other tell of the same days.</summary>
    private static readonly TimeSpan Together = TimeSpan.FromDays(10);

    private const int MostSites = 1_000;

    private readonly RecentlyMade<IReadOnlyList<WordRecord>> _made = new(TimeSpan.FromMinutes(1), MostSites, time);

    /// <summary>The records of all words said at the site, by check, as its clock stands.</summary>
    public Task<IReadOnlyList<WordRecord>> ReadAsync(Site site, CancellationToken cancellation) =>
        _made.ReadAsync(site.Id, () => MakeAsync(site, cancellation));

    private async Task<IReadOnlyList<WordRecord>> MakeAsync(Site site, CancellationToken cancellation)
    {
        if (await clock.NowAsync(site, cancellation) is not { } now)
            return [];
        var seen = new Dictionary<string, IReadOnlyList<Visit>>(StringComparer.Ordinal);
        var words = new List<(string Hive, DateTimeOffset AsOf, string Check)>();
        foreach (var hive in apiary.Hives.Where(h => h.Site.Id == site.Id).Take(Neighbourhood.MostHives))
        {
            var since = now.AddDays(-Days);
            seen[hive.Id] =
                [.. (await visits.KnownAsync(hive, now, cancellation)).Select(v => v.Visit).Where(v => v.Begin > since)];
            foreach (var begun in await states.BegunAsync(hive, since, now.AddMilliseconds(1), MostBegun, cancellation))
                words.AddRange(begun.Checks.Select(c => (hive.Id, begun.AsOf, c)));
        }

        return
        [
            .. words.GroupBy(w => w.Check, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => Of(g.Key, [.. g.Select(w => (w.Hive, w.AsOf))], seen)),
        ];
    }

    private static WordRecord Of(
        string check, IReadOnlyList<(string Hive, DateTimeOffset AsOf)> said, Dictionary<string, IReadOnlyList<Visit>> seen)
    {
        bool?[] verdicts =
        [
            .. said.Select(w => seen[w.Hive]
                .Where(v => v.Begin > w.AsOf && v.Begin <= w.AsOf + WordVerdicts.Within)
                .Select(v => Told(w.Hive, v))
                .FirstOrDefault(v => v is not null)),
        ];
        bool[] all = [.. seen.SelectMany(h => h.Value.Select(v => Told(h.Key, v))).OfType<bool>()];
        return new WordRecord(
            check, said.Count, verdicts.Count(v => v is true), verdicts.Count(v => v is false), all.Length, all.Count(v => v));

        bool? Told(string hive, Visit visit) => WordVerdicts.Of(check, visit, Neighbours(hive, visit.Begin, seen));
    }

    private static IReadOnlyList<double> Neighbours(
        string hive, DateTimeOffset at, Dictionary<string, IReadOnlyList<Visit>> seen) =>
    [
        .. seen.Where(h => h.Key != hive)
            .Select(h => h.Value.Where(v => v.FramesOfBees is not null && (v.Begin - at).Duration() <= Together)
                .MinBy(v => (v.Begin - at).Duration())?.FramesOfBees)
            .OfType<double>(),
    ];
}
