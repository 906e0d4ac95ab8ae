using IotGateway.Science.Earth;

namespace IotGateway.Science.Disease;

/// <summary>
/// Apiaries by squares of the sphere that are as wide as a reach, so that whatever is within it lies in the squares around.
/// </summary>
internal sealed class PlaceGrid
{
    private const double KilometresPerDegree = 111.19;
    private readonly Dictionary<(int Row, int Column), List<int>> _squares = [];
    private readonly double _degrees;

    public PlaceGrid(IReadOnlyList<PlacedApiary> apiaries, double kilometres)
    {
        _degrees = kilometres / KilometresPerDegree;
        for (var i = 0; i < apiaries.Count; i++)
        {
            var place = apiaries[i].Place;
            var row = Row(place.LatitudeDegrees);
            var square = (row, Column(place.LongitudeDegrees, row));
            if (!_squares.TryGetValue(square, out var inside))
                _squares.Add(square, inside = []);
            inside.Add(i);
        }
    }

    /// <summary>The contents of a place's own square and of those around it, across the antimeridian and a pole too.</summary>
    public IEnumerable<List<int>> Around(GeoPoint place)
    {
        var row = Row(place.LatitudeDegrees);
        for (var r = row - 1; r <= row + 1; r++)
        {
            var (columns, column) = (Columns(r), Column(place.LongitudeDegrees, r));
            foreach (var c in new HashSet<int> { column, (column + 1) % columns, (column + columns - 1) % columns })
            {
                if (_squares.TryGetValue((r, c), out var inside))
                    yield return inside;
            }
        }
    }

    private int Row(double latitude) => (int)Math.Floor(latitude / _degrees);

    private int Column(double longitude, int row) => (int)Math.Clamp((longitude + 180) / 360 * Columns(row), 0, Columns(row) - 1);

    /// <summary>Squares around a parallel, each at least as wide as the reach at the edge of the row nearer to a pole.</summary>
    private int Columns(int row)
    {
        var edge = Math.Min(90, Math.Max(Math.Abs(row), Math.Abs(row + 1)) * _degrees);
        return Math.Max(1, (int)(360 * Math.Cos(double.DegreesToRadians(edge)) / _degrees));
    }
}
