using static System.Math;

namespace IotGateway.Science.Fire;

/// <summary>The ellipse of a wind-driven fire (ST-X-3, eq. 79 to 82; grass as in GLC-X-10).</summary>
public static class FireShape
{
    /// <summary>Length-to-breadth ratio, 1 upward.</summary>
    /// <param name="fuel">A fuel type that burns.</param>
    /// <param name="netWindKilometresPerHour">Net effective wind (WSV), km/h, 0 to 1000.</param>
    /// <exception cref="FireInputException">A value is outside its range.</exception>
    public static double LengthToBreadth(FuelType fuel, double netWindKilometresPerHour)
    {
        Check.Within((int)fuel, 2, (int)FuelType.S3, "fuel type");
        Check.Within(netWindKilometresPerHour, 0, 1000, "net effective wind (km/h)");
        if (fuel is not (FuelType.O1a or FuelType.O1b))
            return 1 + 8.729 * Pow(1 - Exp(-0.030 * netWindKilometresPerHour), 2.155);
        return netWindKilometresPerHour >= 1 ? 1.1 * Pow(netWindKilometresPerHour, 0.464) : 1;
    }

    /// <summary>
    /// Rate of spread seen from the ignition point at an angle from the head, m/min: the distance to the
    /// ellipse's edge a minute makes.
    /// </summary>
    /// <param name="head">Head fire rate of spread, m/min.</param>
    /// <param name="flank">Flank fire rate of spread, m/min.</param>
    /// <param name="back">Back fire rate of spread, m/min.</param>
    /// <param name="radiansFromHead">Angle from the direction of the head, radians.</param>
    public static double RateAt(double head, double flank, double back, double radiansFromHead)
    {
        var (sine, cosine) = SinCos(radiansFromHead);
        var centre = (head - back) / 2;
        var half = (head + back) / 2;
        if (half <= 0 || flank <= 0)
            return 0;
        // Where the ray r(cos, sin) meets ((x − centre)/half)² + (y/flank)² = 1.
        var quadratic = cosine * cosine / (half * half) + sine * sine / (flank * flank);
        var linear = cosine * centre / (half * half);
        var constant = centre * centre / (half * half) - 1;
        return (linear + Sqrt(Max(linear * linear - quadratic * constant, 0))) / quadratic;
    }
}
