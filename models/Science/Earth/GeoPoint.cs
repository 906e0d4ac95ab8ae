using System.Globalization;
using System.Runtime.InteropServices;

namespace IotGateway.Science.Earth;

/// <summary>A place on the WGS 84 ellipsoid.</summary>
/// <param name="LatitudeDegrees">Latitude, −90 to 90.</param>
/// <param name="LongitudeDegrees">Longitude, east positive; beyond ±180 while a figure crosses the antimeridian.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct GeoPoint(double LatitudeDegrees, double LongitudeDegrees)
{
    /// <summary>Refuses a place that is not on Earth.</summary>
    /// <exception cref="InputException">A value is outside its range.</exception>
    public void Validate()
    {
        Check.Latitude(LatitudeDegrees);
        Check.Within(LongitudeDegrees, -180, 180, "longitude (degrees)");
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{LatitudeDegrees:0.######}, {LongitudeDegrees:0.######}");
}
