using System.Text.Json;
using IotGateway.Science.Fire.Ensemble;
using NetTopologySuite.Geometries;

namespace IotGateway.Analyst.Spread;

/// <summary>Writes burn probability and isochrones as GeoJSON (RFC 7946), the widest figures first.</summary>
internal static class SpreadGeoJson
{
    public static readonly double[] Probabilities = [0.05, 0.25, 0.5, 0.75, 0.95];

    public static void Write(string path, BurnProbability burns)
    {
        using var stream = File.Create(path);
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        json.WriteString("type", "FeatureCollection");
        json.WriteStartArray("features");
        foreach (var probability in Probabilities)
            Feature(json, burns, cell => burns.ByMinute(cell) >= probability, "burn probability", ("atLeast", probability));
        for (var hour = Math.Floor(burns.HorizonMinutes / 60); hour >= 1; hour--)
        {
            var minute = hour * 60;
            Feature(json, burns, cell => burns.ByMinute(cell, minute) >= 0.5, "isochrone of the median", ("hour", hour));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Feature(
        Utf8JsonWriter json, BurnProbability burns, Func<int, bool> inside, string kind, (string Name, double Value) property)
    {
        var outline = Isochrones.Outline(burns.Frame, inside);
        if (outline.IsEmpty)
            return;
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteStartObject("properties");
        json.WriteString("kind", kind);
        json.WriteNumber(property.Name, property.Value);
        json.WriteNumber("members", burns.Members);
        json.WriteEndObject();
        json.WriteStartObject("geometry");
        json.WriteString("type", "MultiPolygon");
        json.WriteStartArray("coordinates");
        for (var i = 0; i < outline.NumGeometries; i++)
        {
            var polygon = (Polygon)outline.GetGeometryN(i);
            json.WriteStartArray();
            Ring(json, polygon.Shell);
            foreach (var hole in polygon.Holes)
                Ring(json, hole);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Ring(Utf8JsonWriter json, LinearRing ring)
    {
        json.WriteStartArray();
        foreach (var corner in ring.Coordinates)
        {
            json.WriteStartArray();
            json.WriteNumberValue(Math.Round(corner.X, 7));
            json.WriteNumberValue(Math.Round(corner.Y, 7));
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
