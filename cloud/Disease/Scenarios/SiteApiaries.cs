using IotGateway.Cloud.Hives.Visits;
using IotGateway.Cloud.Sites;
using IotGateway.Science.Disease;
using IotGateway.Science.Earth;

namespace IotGateway.Cloud.Disease.Scenarios;

/// <summary>The sites of this cloud as apiaries of a scenario, read from the visits to their hives as they are known now.</summary>
internal sealed class SiteApiaries(Apiary apiary, VisitBook book)
{
    /// <summary>Hives whose visits are read for one answer.</summary>
    public const int MostHives = 2_000;

    private const double WeeksOfMoves = 52;

    /// <summary>A replayed site whose clock stands this far behind the newest one is of another time.</summary>
    private static readonly TimeSpan SameTime = TimeSpan.FromDays(14);

    /// <summary>Reads the measured sites, or those that a simulation draws: neither infects the other.</summary>
    public async Task<ApiaryGround> ReadAsync(bool drawn, CancellationToken cancellation)
    {
        var sites = apiary.Hives.Where(h => (h.Site.Origin == Origin.Synthetic) == drawn).GroupBy(h => h.Site).ToList();
        var (hives, leftOut) = (0, new List<LeftOutApiary>());
        var read = new List<(Site Site, DateTimeOffset Now, List<(Subject Hive, IReadOnlyList<VisitVersion> Visits)> Hives)>();
        foreach (var site in sites)
        {
            hives += site.Count();
            if (hives > MostHives)
            {
                leftOut.Add(new LeftOutApiary(
                    site.Key.Id, site.Key.Name, $"it is beyond the first {MostHives} hives, which are read for a page"));
                continue;
            }

            var now = await book.NowAsync(site.First(), cancellation);
            var visits = new List<(Subject Hive, IReadOnlyList<VisitVersion> Visits)>();
            foreach (var hive in site)
                visits.Add((hive, await book.KnownAsync(hive, now, cancellation)));
            read.Add((site.Key, now, visits));
        }

        var newest = read.Count > 0 ? read.Max(r => r.Now) : (DateTimeOffset?)null;
        var apiaries = new List<SiteApiary>();
        foreach (var (site, now, visits) in read)
        {
            var health = visits.ConvertAll(v => HiveHealth.Of(v.Visits, now)).FindAll(h => h.Lives);
            var reason = newest - now > SameTime ? "its clock stands more than 14 days behind the others'"
                : health.Count == 0 ? "no colony lives there"
                : null;
            if (reason is not null)
                leftOut.Add(new LeftOutApiary(site.Id, site.Name, reason));
            else
                apiaries.Add(Told(site, health));
        }

        return new ApiaryGround(newest, apiaries, Moves(read.SelectMany(r => r.Hives), apiaries, newest), leftOut);
    }

    private static SiteApiary Told(Site site, List<HiveHealth> health) => new(
        site.Id, site.Name, new GeoPoint(site.Latitude, site.Longitude), health.Count,
        [.. health.Select(h => h.Wash).OfType<MiteCount>()],
        health.Count(h => h.Disease == BroodDisease.AmericanFoulbrood), health.Count(h => h.Disease == BroodDisease.EuropeanFoulbrood));

    /// <summary>Colonies split off into a hive of another site in the last year, as a weekly rate.</summary>
    private static List<WeeklyMove> Moves(
        IEnumerable<(Subject Hive, IReadOnlyList<VisitVersion> Visits)> hives, List<SiteApiary> told, DateTimeOffset? asOf)
    {
        var all = hives.ToList();
        var siteOf = all.SelectMany(h => new[] { (Key: h.Hive.Id, h.Hive.Site.Id), (Key: h.Hive.Name, h.Hive.Site.Id) })
            .DistinctBy(p => p.Key, StringComparer.OrdinalIgnoreCase).ToDictionary(p => p.Key, p => p.Id, StringComparer.OrdinalIgnoreCase);
        return
        [
            .. all.SelectMany(h => h.Visits
                    .Where(v => asOf - v.Visit.Begin < TimeSpan.FromDays(7 * WeeksOfMoves) && v.Visit.Split?.To is not null)
                    .Select(v => (From: h.Hive.Site.Id, To: siteOf.GetValueOrDefault(v.Visit.Split!.To!, ""))))
                .Where(m => m.From != m.To && told.Exists(t => t.Id == m.From) && told.Exists(t => t.Id == m.To))
                .GroupBy(m => m)
                .Select(g => new WeeklyMove(g.Key.From, g.Key.To, g.Count() / WeeksOfMoves)),
        ];
    }
}
