using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Hives.Visits;

/// <summary>Outcome of writing a visit: the version that stands, or what speaks against it.</summary>
/// <param name="Standing">The version that was added, or that says the same already.</param>
/// <param name="Fault">A wrong field; null where there is none.</param>
/// <param name="Conflict">A sentence on the visit that stands in the way; null where there is none.</param>
/// <param name="Added">Whether it is new.</param>
internal sealed record VisitOutcome(VisitVersion? Standing, VisitFault? Fault = null, string? Conflict = null, bool Added = false);

/// <summary>
/// The visits of all hives. A visit is one by its hive, its beginning and its author: sent again it changes nothing, and what is written
/// differently of the same hours is refused. A correction is a new version of all of it.
/// </summary>
internal sealed class VisitBook(IVisitStore store, SiteClock clock, TimeProvider time)
{
    /// <summary>Versions kept of one visit.</summary>
    private const int MostVersions = 200;

    /// <summary>Versions kept of all visits of a hive: a visit a day for longer than a hive lasts.</summary>
    private const int MostOfHive = 10_000;

    /// <summary>Writes a visit down.</summary>
    public async Task<VisitOutcome> AddAsync(Subject hive, Visit visit, CancellationToken cancellation)
    {
        var now = await NowAsync(hive, cancellation);
        if (VisitChecks.Find(visit, now) is { } fault)
            return new VisitOutcome(null, fault);
        var all = await store.AllAsync(hive.Key, cancellation);
        var id = IdOf(visit);
        if (Newest(all).FirstOrDefault(v => v.Id == id) is { } standing)
            return Twice(standing, visit);
        if (Overlapping(all, visit, id) is { } other)
            return new VisitOutcome(null, Conflict: other);
        if (all.Count >= MostOfHive)
            return new VisitOutcome(null, Conflict: $"The hive has {MostOfHive} versions of visits, which is the most that is kept.");
        return await KeepAsync(hive, new VisitVersion(id, 1, time.GetUtcNow(), now, Withdrawn: false, visit), cancellation);
    }

    /// <summary>Writes a recording's visit down, known from its end on; one that stands stays.</summary>
    public Task AddRecordedAsync(Subject hive, Visit visit, CancellationToken cancellation) => store.AddAsync(
        hive.Key, Kept(hive, new VisitVersion(IdOf(visit), 1, time.GetUtcNow(), visit.Until, Withdrawn: false, visit)), cancellation);

    /// <summary>Corrects a visit by a version that says all of it, or withdraws it.</summary>
    /// <returns>Null where there is no such visit.</returns>
    public async Task<VisitOutcome?> CorrectAsync(Subject hive, string id, Correction correction, CancellationToken cancellation)
    {
        var all = await store.AllAsync(hive.Key, cancellation);
        if (all.LastOrDefault(v => v.Id == id) is not { } standing)
            return null;
        if (correction.Visit is null && !correction.Withdrawn)
            return new VisitOutcome(null, new VisitFault("visit", "", "the whole visit as it should stand, or \"withdrawn\": true"));
        var now = await NowAsync(hive, cancellation);
        var visit = correction.Visit ?? standing.Visit;
        if (VisitChecks.Find(visit, now) is { } fault)
            return new VisitOutcome(null, fault with { Field = $"visit.{fault.Field}" });
        var next = new VisitVersion(id, correction.Corrects + 1, time.GetUtcNow(), now, correction.Withdrawn, visit);
        if (Says(standing, next) && standing.Version == next.Version)
            return new VisitOutcome(standing);
        if (standing.Version != correction.Corrects)
            return new VisitOutcome(standing, Conflict: $"Version {standing.Version} stands; expected a correction of that one.");
        if (!correction.Withdrawn && Overlapping(all, visit, id) is { } other)
            return new VisitOutcome(null, Conflict: other);
        if (next.Version > MostVersions)
            return new VisitOutcome(null, Conflict: $"The visit has {MostVersions} versions, which is the most that is kept.");
        return await KeepAsync(hive, next, cancellation);
    }

    /// <summary>
    /// Visits that were known at a time by the site's clock, each in the version known last, without those withdrawn; by their beginning,
    /// ascending.
    /// </summary>
    public async Task<IReadOnlyList<VisitVersion>> KnownAsync(Subject hive, DateTimeOffset asOf, CancellationToken cancellation) =>
        KnownOf(await AllAsync(hive, cancellation), asOf);

    /// <summary>All versions of all visits of a hive, for one who asks <see cref="KnownOf"/> for many times.</summary>
    public Task<IReadOnlyList<VisitVersion>> AllAsync(Subject hive, CancellationToken cancellation) =>
        store.AllAsync(hive.Key, cancellation);

    /// <summary>Those of all versions that <see cref="KnownAsync"/> gives.</summary>
    public static IReadOnlyList<VisitVersion> KnownOf(IReadOnlyList<VisitVersion> all, DateTimeOffset asOf) =>
    [
        .. Newest(all.Where(v => v.Known <= asOf))
            .Where(v => !v.Withdrawn)
            .OrderBy(v => v.Visit.Begin)
            .ThenBy(v => v.Id, StringComparer.Ordinal),
    ];

    /// <summary>All versions of a visit, the first first; empty where there is none.</summary>
    public async Task<IReadOnlyList<VisitVersion>> VersionsAsync(Subject hive, string id, CancellationToken cancellation) =>
        [.. (await store.AllAsync(hive.Key, cancellation)).Where(v => v.Id == id)];

    /// <summary>The time by which a hive's visits are written.</summary>
    public async Task<DateTimeOffset> NowAsync(Subject hive, CancellationToken cancellation) =>
        await clock.NowAsync(hive.Site, cancellation) ?? time.GetUtcNow();

    private async Task<VisitOutcome> KeepAsync(Subject hive, VisitVersion version, CancellationToken cancellation)
    {
        if (await store.AddAsync(hive.Key, Kept(hive, version), cancellation))
            return new VisitOutcome(version, Added: true);

        // Another request was faster.
        var standing = (await VersionsAsync(hive, version.Id, cancellation)).First(v => v.Version == version.Version);
        return version.Version == 1 ? Twice(standing, version.Visit)
            : Says(standing, version) ? new VisitOutcome(standing)
            : new VisitOutcome(standing, Conflict: $"Version {standing.Version} stands by now; expected a correction of that one.");
    }

    private static KeptVisit Kept(Subject hive, VisitVersion version) => new(version, [.. hive.Devices.Select(d => d.Device)]);

    private static VisitOutcome Twice(VisitVersion standing, Visit visit) => standing.Visit == visit && !standing.Withdrawn
        ? new VisitOutcome(standing)
        : new VisitOutcome(standing, Conflict: $"{visit.Author} has written another visit that began then ('{standing.Id}'); expected a "
            + "correction of that one, or another beginning.");

    /// <summary>A person is at a hive once at a time; two people may be there together.</summary>
    private static string? Overlapping(IEnumerable<VisitVersion> all, Visit visit, string id) => Newest(all).FirstOrDefault(v =>
        v.Id != id && !v.Withdrawn && v.Visit.Author == visit.Author && v.Visit.Begin < visit.Until
        && visit.Begin < v.Visit.Until) is { } other
        ? $"{visit.Author} has written a visit of the same hours ('{other.Id}'); expected a correction of that one, or other hours."
        : null;

    private static bool Says(VisitVersion a, VisitVersion b) => a.Visit == b.Visit && a.Withdrawn == b.Withdrawn;

    private static IEnumerable<VisitVersion> Newest(IEnumerable<VisitVersion> ascending) =>
        ascending.GroupBy(v => v.Id, StringComparer.Ordinal).Select(g => g.Last());

    private static string IdOf(Visit visit)
    {
        var author = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(visit.Author)))[..8];
        return string.Create(CultureInfo.InvariantCulture, $"{visit.Begin.UtcDateTime:yyyyMMdd't'HHmmssfff'z'}-{author}");
    }
}
