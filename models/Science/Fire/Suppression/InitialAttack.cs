using static System.Math;

namespace IotGateway.Science.Fire.Suppression;

/// <summary>
/// Probability that an initial-attack crew contains a fire, from its size and intensity when the crew arrives.
/// Fitted to the judgement of Canadian crew leaders (Hirsch, Corey and Martell 1998, Forest Science 44:539–549);
/// the coefficients come to us at second hand and could not be checked against the paper.
/// </summary>
public static class InitialAttack
{
    /// <summary>Probability, 0 to 1: E / (1 + E), ln E = 4.6835 − 0.7043 A − 0.00041 I − 0.000052 A I.</summary>
    /// <param name="areaHectares">Area at arrival of the crew, A, 0 to 1000000 ha; the study had fires of up to a few hectares.</param>
    /// <param name="intensity">Head fire intensity, I, 0 to 1000000 kW/m.</param>
    /// <exception cref="InputException">A value is outside its range.</exception>
    public static double ContainmentProbability(double areaHectares, double intensity)
    {
        Check.Within(areaHectares, 0, 1e6, "fire size (ha)");
        Check.Within(intensity, 0, 1e6, "fire intensity (kW/m)");
        var logit = 4.6835 - 0.7043 * areaHectares - 0.00041 * intensity - 0.000052 * areaHectares * intensity;
        return 1 / (1 + Exp(-logit));
    }
}
