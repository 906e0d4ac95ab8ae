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
    /// Rate of spread seen from the ignition at an angle from the head, m/min: the one ellipse of this library, with the rates of head and
    /// back on its long axis and the flank's as half its breadth. The ignition lies nearer to the back by half their difference, which is
    /// the focus only where the back's rate happens to say so.
    /// </summary>
    /// <param name="head">Head fire rate of spread, m/min, 0 to 10000.</param>
    /// <param name="back">Back fire rate of spread, m/min, 0 to that of the head.</param>
    /// <param name="lengthToBreadth">Length-to-breadth ratio, 1 upward.</param>
    /// <param name="radiansFromHead">Angle from the direction of the head, radians.</param>
    /// <exception cref="InputException">A value is outside its range.</exception>
    public static double RateAt(double head, double back, double lengthToBreadth, double radiansFromHead)
    {
        Check.Within(head, 0, 10_000, "rate of spread (m/min)");
        Check.Within(back, 0, head, "back fire rate of spread (m/min)");
        Check.Within(lengthToBreadth, 1, 1000, "length-to-breadth ratio");
        Check.Within(radiansFromHead, -1e6, 1e6, "angle (radians)");
        if (head <= 0)
            return 0;

        // ((r cos θ − c) / a)² + (r sin θ / (a / LB))² = 1 with a = (head + back) / 2 and c = (head − back) / 2, solved for r. The root's
        // own difference is written as a quotient, so that a back rate much smaller than the head's keeps its digits.
        var (along, across) = (Cos(radiansFromHead), Sin(radiansFromHead) * lengthToBreadth);
        var drift = (head - back) / 2 * along;
        var stretched = along * along + across * across;
        var root = Sqrt(drift * drift + stretched * head * back);
        return drift >= 0 ? (drift + root) / stretched : head * back / (root - drift);
    }
}
