using static System.Math;

namespace IotGateway.Science.Fire.Growth;

/// <summary>Growth of a fire from a point to its equilibrium (ST-X-3, eq. 70 to 78).</summary>
internal static class Acceleration
{
    /// <summary>
    /// The pace of acceleration, 1/min (alpha, eq. 72): 0.115 in open fuel types, slower in closed ones while
    /// the crowns are only partly involved.
    /// </summary>
    public static double Alpha(bool open, double crownFractionBurned) => open || crownFractionBurned <= 0
        ? 0.115
        : 0.115 - 18.8 * Pow(crownFractionBurned, 2.5) * Exp(-8 * crownFractionBurned);

    /// <summary>Share of the equilibrium reached after some minutes (eq. 70).</summary>
    public static double Share(double alpha, double minutes) => 1 - Exp(-alpha * minutes);

    /// <summary>Minutes at equilibrium that cover what an accelerating fire covers in these minutes (eq. 71).</summary>
    public static double EquivalentMinutes(double alpha, double minutes) => minutes + Exp(-alpha * minutes) / alpha - 1 / alpha;

    /// <summary>Minutes until a rate of spread reaches the critical one (eq. 78); 0 where it never crowns.</summary>
    public static double MinutesToCrowning(double alpha, double rate, double criticalRate) =>
        rate > criticalRate ? Log(1 - criticalRate / rate) / -alpha : 0;
}
