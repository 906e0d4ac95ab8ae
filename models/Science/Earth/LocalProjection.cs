using static System.Math;

namespace IotGateway.Science.Earth;

/// <summary>
/// A plane tangent at a centre, for a grid that was made and not surveyed: true to within 0.1 % over 100 km.
/// </summary>
/// <param name="Centre">The place of easting 0 and northing 0.</param>
public sealed record LocalProjection(GeoPoint Centre) : Projection
{
    private const double MetresPerDegree = 111_320;

    private double Shrink => Max(Cos(Centre.LatitudeDegrees * PI / 180), 1e-6);

    /// <inheritdoc/>
    public override (double East, double North) ToPlane(GeoPoint place)
    {
        var turn = IEEERemainder(place.LongitudeDegrees - Centre.LongitudeDegrees, 360);
        return (turn * MetresPerDegree * Shrink, (place.LatitudeDegrees - Centre.LatitudeDegrees) * MetresPerDegree);
    }

    /// <inheritdoc/>
    public override GeoPoint ToGeo(double east, double north) =>
        new(Centre.LatitudeDegrees + north / MetresPerDegree, Centre.LongitudeDegrees + east / (MetresPerDegree * Shrink));
}
