using IotGateway.Science.Fire.Fuels;
using static System.Math;

namespace IotGateway.Science.Fire.Growth;

/// <summary>The ellipse of a wind-driven fire (ST-X-3, eq. 79 to 82; grass as in GLC-X-10).</summary>
public static class FireShape
{
    /// <summary>Length-to-breadth ratio, 1 upward.</summary>
    /// <param name="fuel">A fuel type that burns.</param>
    /// <param name="netWindKilometresPerHour">Net effective wind (WSV), km/h, 0 to 1000.</param>
    /// <exception cref="InputException">A value is outside its range.</exception>
    public static double LengthToBreadth(FuelType fuel, double netWindKilometresPerHour)
    {
        Check.Within((int)fuel, 2, (int)FuelType.S3, "fuel type");
        Check.Within(netWindKilometresPerHour, 0, 1000, "net effective wind (km/h)");
        if (fuel is not (FuelType.O1a or FuelType.O1b))
            return 1 + 8.729 * Pow(1 - Exp(-0.030 * netWindKilometresPerHour), 2.155);
        return netWindKilometresPerHour >= 1 ? 1.1 * Pow(netWindKilometresPerHour, 0.464) : 1;
    }

    /// <summary>
    /// Rate of spread seen from the ignition point at an angle from the head, m/min, with the ignition at the
    /// rear focus of the ellipse.
    /// </summary>
    /// <param name="head">Head fire rate of spread, m/min.</param>
    /// <param name="lengthToBreadth">Length-to-breadth ratio, 1 upward.</param>
    /// <param name="radiansFromHead">Angle from the direction of the head, radians.</param>
    /// <exception cref="InputException">A value is outside its range.</exception>
    public static double RateAt(double head, double lengthToBreadth, double radiansFromHead)
    {
        Check.Within(head, 0, 10_000, "rate of spread (m/min)");
        Check.Within(lengthToBreadth, 1, 1000, "length-to-breadth ratio");
        Check.Within(radiansFromHead, -1e6, 1e6, "angle (radians)");
        var eccentricity = Sqrt(1 - 1 / (lengthToBreadth * lengthToBreadth));
        return head * (1 - eccentricity) / (1 - eccentricity * Cos(radiansFromHead));
    }
}
