using System.Globalization;
using System.Text.Json;
using IotGateway.Science;
using IotGateway.Science.Earth;

namespace IotGateway.Analyst.Spread;

/// <summary>Fires that burn already, as polygons of a GeoJSON file (RFC 7946): the outer rings of all of them.</summary>
internal static class PerimeterFile
{
    /// <exception cref="InputException">It is no GeoJSON, or has no polygon.</exception>
    public static IReadOnlyList<List<GeoPoint>> Read(string path, TextWriter errors)
    {
        var file = Path.GetFileName(path);
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var (rings, other) = (new List<List<GeoPoint>>(), new Dictionary<string, int>(StringComparer.Ordinal));
            Collect(json.RootElement, rings, other);
            foreach (var (what, count) in other)
                errors.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file}: not used: {count} × {what}"));
            return rings.Count > 0 ? rings : throw Refused(file, "without a polygon");
        }
        catch (JsonException e)
        {
            throw Refused(file, string.Create(CultureInfo.InvariantCulture, $"no JSON in line {e.LineNumber + 1}"));
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or FormatException or IndexOutOfRangeException)
        {
            throw Refused(file, "JSON with a member missing or of another kind");
        }
    }

    private static void Collect(JsonElement element, List<List<GeoPoint>> rings, Dictionary<string, int> other)
    {
        var type = element.ValueKind == JsonValueKind.Object ? element.GetProperty("type").GetString() : null;
        switch (type)
        {
            case "FeatureCollection":
                Each(element.GetProperty("features"));
                break;
            case "GeometryCollection":
                Each(element.GetProperty("geometries"));
                break;
            case "Feature":
                Collect(element.GetProperty("geometry"), rings, other);
                break;
            case "Polygon":
                Polygon(element.GetProperty("coordinates"));
                break;
            case "MultiPolygon":
                foreach (var polygon in element.GetProperty("coordinates").EnumerateArray())
                    Polygon(polygon);
                break;
            default:
                Count(type is null ? "feature without geometry" : type.Length > 40 ? type[..40] : type);
                break;
        }

        void Each(JsonElement all)
        {
            foreach (var one in all.EnumerateArray())
                Collect(one, rings, other);
        }

        void Polygon(JsonElement coordinates)
        {
            rings.Add(Ring(coordinates[0]));
            for (var i = 1; i < coordinates.GetArrayLength(); i++)
                Count("hole, taken as burning");
        }

        void Count(string what) => other[what] = other.GetValueOrDefault(what) + 1;
    }

    private static List<GeoPoint> Ring(JsonElement ring)
    {
        var corners = ring.EnumerateArray().Select(p => new GeoPoint(p[1].GetDouble(), p[0].GetDouble())).ToList();
        foreach (var corner in corners)
            corner.Validate();
        return corners.Count >= 4 ? corners : throw new InputException("ring", $"of {corners.Count} corners", "of four or more");
    }

    private static InputException Refused(string file, string what) => new("perimeter " + file, what, "GeoJSON with a polygon");
}
