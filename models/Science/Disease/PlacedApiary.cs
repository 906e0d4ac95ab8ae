using IotGateway.Science.Earth;

namespace IotGateway.Science.Disease;

/// <summary>Apiary on the map: colonies close together, which share mites and disease far more than they do with others.</summary>
/// <param name="Id">Its own name; the draws of a scenario follow it, so that the order of apiaries changes nothing.</param>
/// <param name="Place">Position, WGS 84.</param>
/// <param name="Colonies">Living colonies, 1 to 10,000.</param>
public sealed record PlacedApiary(string Id, GeoPoint Place, int Colonies)
{
    /// <summary>Newest mite washes, at most one a colony; none means that nobody counted.</summary>
    public IReadOnlyList<MiteCount> Washes { get; init; } = [];

    /// <summary>Colonies in which foulbrood was found and which still stand, 0 to <see cref="Colonies"/>.</summary>
    public int Cases { get; init; }

    /// <summary>Refuses an apiary that cannot be.</summary>
    /// <exception cref="InputException">A value is outside its range.</exception>
    public void Validate()
    {
        Place.Validate();
        Check.Within(Colonies, 1, 10_000, $"colonies of apiary {Id}");
        Check.Within(Cases, 0, Colonies, $"cases of apiary {Id}");
        Check.Within(Washes.Count, 0, Colonies, $"washes of apiary {Id}");
        foreach (var wash in Washes)
        {
            Check.Within(wash.Bees, 1, 10_000, $"bees in a wash of apiary {Id}");
            Check.Within(wash.Mites, 0, 5.0 * wash.Bees, $"mites in a wash of apiary {Id}");
            Check.Within(wash.AgeDays, 0, MiteCount.OldestDays, $"age of a wash of apiary {Id} (days)");
        }
    }
}

/// <summary>Mites counted in a sample of a colony's bees.</summary>
/// <param name="Mites">Mites in the sample.</param>
/// <param name="Bees">Bees in the sample.</param>
/// <param name="AgeDays">Days since, 0 to <see cref="OldestDays"/>.</param>
/// <param name="TreatedSince">
/// Treatments of the colony since, by name; one without a known efficacy may have killed none or nearly all.
/// </param>
public sealed record MiteCount(int Mites, int Bees, double AgeDays, IReadOnlyList<string> TreatedSince)
{
    /// <summary>Age beyond which a wash tells nothing any more: mites may have grown tenfold since.</summary>
    public const int OldestDays = 60;
}
