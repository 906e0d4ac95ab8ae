using System.Globalization;
using System.Text.Json;
using IotGateway.Science;
using IotGateway.Science.Earth;

namespace IotGateway.Analyst.Spread;

/// <summary>Places as written on a command line or in a GeoJSON file.</summary>
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

    /// <summary>The outer ring of the first polygon of a GeoJSON file.</summary>
    public static List<GeoPoint> Perimeter(string path)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        return FirstRing(json.RootElement) is { } ring
            ? [.. ring.EnumerateArray().Select(p => new GeoPoint(p[1].GetDouble(), p[0].GetDouble()))]
            : throw new InputException("perimeter", Path.GetFileName(path), "GeoJSON with a polygon");
    }

    private static JsonElement? FirstRing(JsonElement element)
    {
        var type = element.GetProperty("type").GetString();
        return type switch
        {
            "FeatureCollection" => element.GetProperty("features").EnumerateArray().Select(FirstRing).FirstOrDefault(r => r is not null),
            "Feature" => FirstRing(element.GetProperty("geometry")),
            "Polygon" => element.GetProperty("coordinates")[0],
            "MultiPolygon" => element.GetProperty("coordinates")[0][0],
            _ => null,
        };
    }

    private static bool Number(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
}
