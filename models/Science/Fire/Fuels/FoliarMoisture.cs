using static System.Math;

namespace IotGateway.Science.Fire.Fuels;

/// <summary>
/// Foliar moisture content of conifer needles, %, which dips in late spring (ST-X-3, eq. 1 to 8).
/// The dip's date is fitted to Canada: longitudes are degrees west, and elsewhere it should be given.
/// </summary>
public static class FoliarMoisture
{
    /// <summary>Moisture, 85 to 120 %.</summary>
    /// <param name="dayOfYear">Day of the year, 0 to 366.</param>
    /// <param name="dayOfMinimum">Day on which the foliage is driest, 1 to 366.</param>
    /// <exception cref="InputException">A value is outside its range.</exception>
    public static double Percent(int dayOfYear, int dayOfMinimum)
    {
        Check.Within(dayOfYear, 0, 366, "day of year");
        Check.Within(dayOfMinimum, 0, 366, "day of minimum foliar moisture");
        var days = Abs(dayOfYear - dayOfMinimum);
        return days switch
        {
            < 30 => 85 + 0.0189 * days * days,
            < 50 => 32.9 + 3.17 * days - 0.0288 * days * days,
            _ => 120,
        };
    }

    /// <summary>The day of the year on which the foliage is driest, whole days.</summary>
    /// <param name="latitudeDegrees">Latitude, 0 to 90 north.</param>
    /// <param name="longitudeWestDegrees">Longitude, degrees west of Greenwich, 0 to 180.</param>
    /// <param name="elevationMetres">Elevation, m, 0 to 9000; 0 means that it is not known (eq. 1 and 2).</param>
    /// <exception cref="InputException">A value is outside its range.</exception>
    public static int DayOfMinimum(double latitudeDegrees, double longitudeWestDegrees, double elevationMetres)
    {
        Check.Latitude(latitudeDegrees);
        Check.Within(longitudeWestDegrees, 0, 180, "longitude (degrees west)");
        Check.Within(elevationMetres, 0, 9000, "elevation (m)");
        var day = elevationMetres <= 0
            ? 151 * latitudeDegrees / (46 + 23.4 * Exp(-0.0360 * (150 - longitudeWestDegrees)))
            : 142.1 * latitudeDegrees / (43 + 33.7 * Exp(-0.0351 * (150 - longitudeWestDegrees))) + 0.0172 * elevationMetres;
        return (int)Round(day);
    }
}
