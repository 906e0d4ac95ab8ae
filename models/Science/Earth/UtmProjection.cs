using static System.Math;

namespace IotGateway.Science.Earth;

/// <summary>
/// Universal Transverse Mercator on WGS 84, by Krüger's series to the fourth order in the third flattening
/// (Karney 2011): true to less than a millimetre within its zone.
/// </summary>
/// <param name="Zone">Zone, 1 to 60.</param>
/// <param name="South">Whether northings are those of the southern hemisphere.</param>
public sealed record UtmProjection(int Zone, bool South) : Projection
{
    private const double Flattening = 1 / 298.257223563;
    private const double N = Flattening / (2 - Flattening);
    private const double Radius = 6_378_137 / (1 + N) * (1 + N * N / 4 + N * N * N * N / 64) * 0.9996;
    private static readonly double Eccentricity = Sqrt(Flattening * (2 - Flattening));

    private static readonly double[] Forward =
    [
        N / 2 - 2 * N * N / 3 + 5 * N * N * N / 16 + 41 * N * N * N * N / 180,
        13 * N * N / 48 - 3 * N * N * N / 5 + 557 * N * N * N * N / 1440,
        61 * N * N * N / 240 - 103 * N * N * N * N / 140,
        49561 * N * N * N * N / 161280,
    ];

    private static readonly double[] Backward =
    [
        N / 2 - 2 * N * N / 3 + 37 * N * N * N / 96 - N * N * N * N / 360,
        N * N / 48 + N * N * N / 15 - 437 * N * N * N * N / 1440,
        17 * N * N * N / 480 - 37 * N * N * N * N / 840,
        4397 * N * N * N * N / 161280,
    ];

    private double Meridian => Zone * 6 - 183;

    private double FalseNorthing => South ? 10_000_000 : 0;

    /// <inheritdoc/>
    public override (double East, double North) ToPlane(GeoPoint place)
    {
        var latitude = place.LatitudeDegrees * PI / 180;
        var longitude = IEEERemainder(place.LongitudeDegrees - Meridian, 360) * PI / 180;
        var sine = Sin(latitude);
        var conformal = Sinh(Atanh(sine) - Eccentricity * Atanh(Eccentricity * sine));
        var xi = Atan2(conformal, Cos(longitude));
        var eta = Atanh(Sin(longitude) / Sqrt(1 + conformal * conformal));
        var (north, east) = (xi, eta);
        for (var j = 1; j <= 4; j++)
        {
            north += Forward[j - 1] * Sin(2 * j * xi) * Cosh(2 * j * eta);
            east += Forward[j - 1] * Cos(2 * j * xi) * Sinh(2 * j * eta);
        }

        return (500_000 + Radius * east, FalseNorthing + Radius * north);
    }

    /// <inheritdoc/>
    public override GeoPoint ToGeo(double east, double north)
    {
        var xi = (north - FalseNorthing) / Radius;
        var eta = (east - 500_000) / Radius;
        var (xiPrime, etaPrime) = (xi, eta);
        for (var j = 1; j <= 4; j++)
        {
            xiPrime -= Backward[j - 1] * Sin(2 * j * xi) * Cosh(2 * j * eta);
            etaPrime -= Backward[j - 1] * Cos(2 * j * xi) * Sinh(2 * j * eta);
        }

        var conformalSine = Sin(xiPrime) / Cosh(etaPrime);
        var conformal = Atanh(conformalSine);
        var sine = conformalSine;
        for (var i = 0; i < 6; i++)
            sine = Tanh(conformal + Eccentricity * Atanh(Eccentricity * sine));
        var longitude = Atan2(Sinh(etaPrime), Cos(xiPrime));
        return new GeoPoint(Asin(sine) * 180 / PI, Meridian + longitude * 180 / PI);
    }
}
