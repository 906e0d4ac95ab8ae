using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;

namespace IotGateway.Science.Fire.Ensemble;

/// <summary>Cuts figures at ±180° of longitude, as RFC 7946 section 3.1.9 asks, and brings each part within it.</summary>
internal static class Antimeridian
{
    /// <summary>The figure in parts whose longitudes lie from −180 to 180, rings wound as RFC 7946 section 3.1.6 asks.</summary>
    public static Geometry Cut(Geometry figure)
    {
        var box = figure.EnvelopeInternal;
        if (figure.IsEmpty || (box.MinX >= -180 && box.MaxX <= 180))
            return Wound(figure);
        var parts = new List<Geometry>();
        for (var turn = Math.Floor((box.MinX + 180) / 360); turn <= Math.Floor((box.MaxX + 180) / 360); turn++)
        {
            var world = figure.Factory.ToGeometry(new Envelope(turn * 360 - 180, turn * 360 + 180, -90, 90));
            var part = figure.Intersection(world);
            if (!part.IsEmpty)
                parts.Add(AffineTransformation.TranslationInstance(-turn * 360, 0).Transform(part));
        }

        return Wound(figure.Factory.BuildGeometry(parts.SelectMany(Polygons)));
    }

    private static MultiPolygon Wound(Geometry figure) =>
        figure.Factory.CreateMultiPolygon([.. Polygons(figure).Select(p => figure.Factory.CreatePolygon(
            Turned(p.Shell, counterClockwise: true), [.. p.Holes.Select(h => Turned(h, counterClockwise: false))]))]);

    private static LinearRing Turned(LinearRing ring, bool counterClockwise) =>
        ring.IsCCW == counterClockwise ? ring : (LinearRing)ring.Reverse();

    private static IEnumerable<Polygon> Polygons(Geometry figure) =>
        Enumerable.Range(0, figure.NumGeometries).Select(figure.GetGeometryN).OfType<Polygon>();
}
