using System.Globalization;
using IotGateway.Science;
using IotGateway.Science.Earth;

namespace IotGateway.Analyst.Spread;

/// <summary>Places as written on a command line.</summary>
internal static class Places
{
    /// <summary>"lat,lon".</summary>
    public static GeoPoint Parse(string text)
    {
        var parts = text.Split(',');
        if (parts.Length != 2 || !Number(parts[0], out var latitude) || !Number(parts[1], out var longitude))
            throw new InputException("place", text, "latitude,longitude in degrees");
        var place = new GeoPoint(latitude, longitude);
        place.Validate();
        return place;
    }

    /// <summary>"name,lat,lon".</summary>
    public static (string Name, GeoPoint Place) ParseNamed(string text)
    {
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        return comma > 0
            ? (text[..comma], Parse(text[(comma + 1)..]))
            : throw new InputException("asset", text, "name,latitude,longitude");
    }

    private static bool Number(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
}
