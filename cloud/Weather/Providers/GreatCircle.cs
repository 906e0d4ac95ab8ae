namespace IotGateway.Cloud.Weather.Providers;

/// <summary>Distance on a sphere of the Earth's mean radius, 6371.0 km (IUGG); within 0.5 % of the ellipsoid's.</summary>
internal static class GreatCircle
{
    private const double RadiusKilometres = 6371.0;

    /// <summary>By the haversine formula, degrees in, km out.</summary>
    public static double Kilometres(double latitude1, double longitude1, double latitude2, double longitude2)
    {
        var (phi1, phi2) = (double.DegreesToRadians(latitude1), double.DegreesToRadians(latitude2));
        var (north, east) = (Math.Sin((phi2 - phi1) / 2), Math.Sin(double.DegreesToRadians(longitude2 - longitude1) / 2));
        return 2 * RadiusKilometres * Math.Asin(Math.Min(1, Math.Sqrt(north * north + Math.Cos(phi1) * Math.Cos(phi2) * east * east)));
    }
}
