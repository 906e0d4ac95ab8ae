namespace IotGateway.Science.Disease;

/// <summary>
/// Months in which the scenarios hold: colonies raise brood and bees fly. The months are ours: March to October north of 25°, half a year
/// later south of −25°, all year between.
/// </summary>
public static class BroodSeason
{
    private const double Tropics = 25;

    /// <param name="latitude">Degrees north.</param>
    /// <param name="month">1 to 12.</param>
    /// <exception cref="InputException">A value is outside its range.</exception>
    public static bool Holds(double latitude, int month)
    {
        Check.Latitude(latitude);
        Check.Month(month);
        return latitude > Tropics ? month is >= 3 and <= 10 : latitude >= -Tropics || month is >= 9 or <= 4;
    }
}
