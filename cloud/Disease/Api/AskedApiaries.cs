using IotGateway.Cloud.Disease.Scenarios;
using IotGateway.Science.Disease;
using IotGateway.Science.Earth;

namespace IotGateway.Cloud.Disease.Api;

/// <summary>Apiaries as a request tells of them, with the colonies moved between them.</summary>
internal sealed record AskedApiaries(IReadOnlyList<AskedApiary> Apiaries, IReadOnlyList<WeeklyMove>? Moves = null)
{
    /// <summary>A list holds null where a request wrote so, which no type forbids.</summary>
    public bool HoldsNull =>
        HasNull(Apiaries) || HasNull(Moves) || Apiaries.Any(a => HasNull(a.Washes) || a.Washes?.Any(w => HasNull(w.TreatedSince)) == true);

    public ApiaryGround ToGround() => new(null, [.. Apiaries.Select(a => a.ToApiary())], Moves ?? [], []);

    private static bool HasNull<T>(IReadOnlyList<T>? list)
        where T : class => list?.Any(item => item is null) == true;
}

/// <summary>Apiary of a request.</summary>
/// <param name="Id">Unique in the request.</param>
/// <param name="Latitude">Degrees north.</param>
/// <param name="Longitude">Degrees east.</param>
/// <param name="Colonies">Living colonies.</param>
/// <param name="Washes">Newest washes; null for none.</param>
/// <param name="AmericanFoulbrood">Colonies with it.</param>
/// <param name="EuropeanFoulbrood">Colonies with it.</param>
internal sealed record AskedApiary(
    string Id, double Latitude, double Longitude, int Colonies, IReadOnlyList<AskedWash>? Washes = null, int AmericanFoulbrood = 0,
    int EuropeanFoulbrood = 0)
{
    public SiteApiary ToApiary() => new(
        Id, Id, new GeoPoint(Latitude, Longitude), Colonies,
        [.. (Washes ?? []).Select(w => new MiteCount(w.Mites, w.Bees, w.AgeDays, w.TreatedSince ?? []))], AmericanFoulbrood,
        EuropeanFoulbrood);
}

/// <summary>Mite wash of a request; its age in days, and the treatments since by name.</summary>
internal sealed record AskedWash(int Mites, int Bees, double AgeDays = 0, IReadOnlyList<string>? TreatedSince = null);
