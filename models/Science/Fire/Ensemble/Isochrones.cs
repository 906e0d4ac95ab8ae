using IotGateway.Science.Earth;
using IotGateway.Science.Fire.Ground;
using NetTopologySuite.Geometries;

namespace IotGateway.Science.Fire.Ensemble;

/// <summary>The outlines of sets of cells on Earth, as RFC 7946 wants them.</summary>
public static class Isochrones
{
    private static readonly GeometryFactory Factory = new(new PrecisionModel(), 4326);

    /// <summary>
    /// The outline of the cells for which <paramref name="inside"/> holds: exterior rings counter-clockwise, holes
    /// clockwise, and cut at the antimeridian where it crosses that. Empty where no cell is inside.
    /// </summary>
    public static Geometry Outline(GridFrame frame, Func<int, bool> inside)
    {
        var polygons = new List<Polygon>();
        var rings = CellEdges.Rings(frame, inside).Select(ring => Ring(frame, ring)).ToList();
        var shells = rings.Where(r => r.IsCCW).Select(r => (Shell: r, Holes: new List<LinearRing>())).ToList();
        var prepared = shells.ConvertAll(s => (s.Shell.EnvelopeInternal, Polygon: Factory.CreatePolygon(s.Shell)));
        foreach (var hole in rings.Where(r => !r.IsCCW))
        {
            // A hole belongs to the smallest shell around it.
            var point = Factory.CreatePolygon(hole).InteriorPoint;
            var around = Enumerable.Range(0, shells.Count)
                .Where(i => prepared[i].EnvelopeInternal.Contains(hole.EnvelopeInternal) && prepared[i].Polygon.Contains(point))
                .MinBy(i => prepared[i].Polygon.Area);
            shells[around].Holes.Add(hole);
        }

        foreach (var (shell, holes) in shells)
            polygons.Add(Factory.CreatePolygon(shell, [.. holes]));
        return Antimeridian.Cut(Factory.CreateMultiPolygon([.. polygons]));
    }

    private static LinearRing Ring(GridFrame frame, List<(int Column, int Row)> corners) =>
        Factory.CreateLinearRing([.. corners.Select(c =>
        {
            var place = frame.Corner(c.Column, c.Row);
            return new Coordinate(Math.Round(place.LongitudeDegrees, 7), Math.Round(place.LatitudeDegrees, 7));
        })]);
}
