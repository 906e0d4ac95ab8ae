using IotGateway.Science.Earth;
using IotGateway.Science.Fire.Ground;
using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;

namespace IotGateway.Science.Fire.Spread;

/// <summary>The cells a fire starts from.</summary>
public static class Ignition
{
    /// <summary>The cells of one or more places.</summary>
    /// <exception cref="InputException">A place is outside the grid, or no place is given.</exception>
    public static IReadOnlyList<int> AtPoints(GridFrame frame, IReadOnlyList<GeoPoint> places)
    {
        Check.Within(places.Count, 1, 100_000, "ignition points");
        foreach (var place in places)
            place.Validate();
        return [.. places.Select(p => frame.CellAt(p, "ignition")).Distinct()];
    }

    /// <summary>All cells within the perimeter of a fire that burns already.</summary>
    /// <param name="frame">The grid.</param>
    /// <param name="perimeter">A ring of at least three places; it need not be closed. It may cross the antimeridian.</param>
    /// <exception cref="InputException">The ring lies outside the grid, or holds no cell's centre.</exception>
    public static IReadOnlyList<int> WithinPerimeter(GridFrame frame, IReadOnlyList<GeoPoint> perimeter)
    {
        Check.Within(perimeter.Count, 3, 1_000_000, "places of the perimeter");
        var ring = perimeter.Select(p =>
        {
            p.Validate();
            frame.CellAt(p, "perimeter");
            var (east, north) = frame.Projection.ToPlane(p);
            return new Coordinate((east - frame.WestMetres) / frame.CellMetres, (frame.NorthMetres - north) / frame.CellMetres);
        }).ToList();
        if (!ring[0].Equals2D(ring[^1]))
            ring.Add(ring[0].Copy());

        var polygon = new Polygon(new LinearRing([.. ring]));
        var locator = new IndexedPointInAreaLocator(polygon);
        var box = polygon.EnvelopeInternal;
        var cells = new List<int>();
        for (var row = (int)box.MinY; row <= box.MaxY && row < frame.Rows; row++)
        {
            for (var column = (int)box.MinX; column <= box.MaxX && column < frame.Columns; column++)
            {
                if (locator.Locate(new Coordinate(column + 0.5, row + 0.5)) != Location.Exterior)
                    cells.Add(row * frame.Columns + column);
            }
        }

        return cells.Count > 0
            ? cells
            : throw new InputException("perimeter", "smaller than a cell", "around the centre of a cell or more");
    }
}
