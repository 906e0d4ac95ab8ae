using static System.Math;

namespace IotGateway.Science.Earth;

/// <summary>Distance on a sphere of the Earth's mean radius, 6371.0 km (IUGG); within 0.5 % of the ellipsoid's.</summary>
public static class GreatCircle
{
    private const double RadiusKilometres = 6371.0;

    /// <summary>Distance between two places, km, 0 to 20015, by the haversine formula (Sinnott 1984, Sky and Telescope 68:159).</summary>
    /// <param name="latitude1">Latitude of the one, degrees.</param>
    /// <param name="longitude1">Longitude of the one, degrees.</param>
    /// <param name="latitude2">Latitude of the other, degrees.</param>
    /// <param name="longitude2">Longitude of the other, degrees.</param>
    public static double Kilometres(double latitude1, double longitude1, double latitude2, double longitude2)
    {
        var (phi1, phi2) = (double.DegreesToRadians(latitude1), double.DegreesToRadians(latitude2));
        var (north, east) = (Sin((phi2 - phi1) / 2), Sin(double.DegreesToRadians(longitude2 - longitude1) / 2));
        return 2 * RadiusKilometres * Asin(Min(1, Sqrt(north * north + Cos(phi1) * Cos(phi2) * east * east)));
    }
}
