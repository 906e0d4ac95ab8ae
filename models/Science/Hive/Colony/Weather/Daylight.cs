using static System.Math;

namespace IotGateway.Science.Hive.Colony.Weather;

/// <summary>
/// Length of the day by the CBM model (Forsythe, Rykiel, Stahl, Wu and Schoolfield 1995, Ecological Modelling 80:87–95), with sunrise and
/// sunset as the sun's upper edge and refraction have them; right within a minute or two up to 40° and ten at 60°.
/// </summary>
public static class Daylight
{
    private const double EdgeDegrees = 0.8333;

    /// <summary>Hours from sunrise to sunset, 0 to 24.</summary>
    /// <param name="latitudeDegrees">Latitude, −90 to 90.</param>
    /// <param name="dayOfYear">Day of the year, 1 to 366.</param>
    /// <exception cref="InputException">A value is outside its range.</exception>
    public static double Hours(double latitudeDegrees, int dayOfYear)
    {
        Check.Latitude(latitudeDegrees);
        Check.Within(dayOfYear, 1, 366, "day of the year");
        var revolution = 0.2163108 + (2 * Atan(0.9671396 * Tan(0.00860 * (dayOfYear - 186))));
        var declination = Asin(0.39795 * Cos(revolution));
        var latitude = double.DegreesToRadians(latitudeDegrees);
        var cosine = (Sin(double.DegreesToRadians(EdgeDegrees)) + (Sin(latitude) * Sin(declination))) / (Cos(latitude) * Cos(declination));
        return 24 - (24 / PI * Acos(Clamp(cosine, -1, 1)));
    }
}
