using System.Globalization;

namespace IotGateway.Learning.Hives.Mites;

/// <summary>Wash of a sample of bees.</summary>
/// <param name="Mites">Mites that came off, 0 or more.</param>
/// <param name="Bees">Bees in the sample, at least 1.</param>
internal readonly record struct Wash(double Mites, double Bees)
{
    /// <summary>More than this is no sample: a colony has no more bees.</summary>
    private const int MostBees = 5_000;

    /// <summary>Mites a hundred bees.</summary>
    public double PerHundred => 100 * Mites / Bees;

    /// <summary>Reason why these are no wash; null where they are one.</summary>
    public static string? Refuse(double? mites, double? bees) => (mites, bees) switch
    {
        (null, _) or (_, null) => "not washed",
        (_, not (>= 1 and <= MostBees)) => string.Create(CultureInfo.InvariantCulture, $"a wash of bees outside 1 to {MostBees}"),
        (not >= 0, _) => "mites below 0",
        _ => null,
    };
}
