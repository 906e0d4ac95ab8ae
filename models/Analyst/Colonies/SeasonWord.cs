using IotGateway.Science.Hive.Colony.Filter;

namespace IotGateway.Analyst.Colonies;

/// <summary>Word of a filter on one simulated colony in the middle of September, with what was and came.</summary>
/// <param name="Loss">Said probability that it is lost by the end of April.</param>
/// <param name="IsLost">What came.</param>
/// <param name="Ranges">Ranges that were said, each with the truth.</param>
internal sealed record SeasonWord(double Loss, bool IsLost, IReadOnlyList<SaidRange> Ranges);

/// <summary>Range that was said, and the truth.</summary>
internal readonly record struct SaidRange(RangedQuantity Quantity, ColonyRange Said, double Truth);

/// <summary>Quantities whose ranges are held against the truth.</summary>
internal enum RangedQuantity
{
    /// <summary>Adult bees on the day.</summary>
    BeesNow,

    /// <summary>Mites for each 100 bees on the day.</summary>
    MitesNow,

    /// <summary>Adult bees eight weeks later.</summary>
    BeesAhead,
}
