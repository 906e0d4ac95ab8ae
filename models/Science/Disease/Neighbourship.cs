using IotGateway.Science.Earth;
using static System.Math;

namespace IotGateway.Science.Disease;

/// <summary>
/// Apiaries within reach of each, with their distances: at most so many nearest ones, so that ten thousand apiaries in one town cost no
/// more memory than ten thousand in a country. Looked up in squares of a grid, not among all pairs.
/// </summary>
internal sealed class Neighbourship
{
    /// <summary>Distance beyond which nothing is carried by flight, km: four times the widest reach of a scenario's ranges.</summary>
    public const double MostKilometres = 12;

    /// <summary>Nearest apiaries that count.</summary>
    public const int Most = 64;

    private const double EarthKilometres = 6371;
    private readonly (double X, double Y, double Z)[] _points;
    private readonly PriorityQueue<int, double> _nearest = new();

    public Neighbourship(IReadOnlyList<PlacedApiary> apiaries)
    {
        var count = apiaries.Count;
        (First, LeftOut) = (new int[count + 1], new int[count]);
        _points = [.. apiaries.Select(a => OnSphere(a.Place))];
        var grid = new PlaceGrid(apiaries, MostKilometres);
        var (distances, from) = (new List<double>(), new List<int>());
        for (var i = 0; i < count; i++)
        {
            LeftOut[i] = KeepNearest(grid, apiaries[i].Place, i);
            foreach (var other in _nearest.UnorderedItems.Select(n => n.Element).Order())
            {
                var (one, two) = (apiaries[i].Place, apiaries[other].Place);
                distances.Add(GreatCircle.Kilometres(
                    one.LatitudeDegrees, one.LongitudeDegrees, two.LatitudeDegrees, two.LongitudeDegrees));
                from.Add(other);
            }

            First[i + 1] = from.Count;
        }

        (Kilometres, From) = ([.. distances], [.. from]);
    }

    /// <summary>Number of the first link of each apiary, and behind the last the number of all links.</summary>
    public int[] First { get; }

    /// <summary>Apiary at the other end of each link.</summary>
    public int[] From { get; }

    /// <summary>Length of each link, km.</summary>
    public double[] Kilometres { get; }

    /// <summary>Apiaries within reach that are not linked, of each.</summary>
    public int[] LeftOut { get; }

    /// <returns>Apiaries within reach beyond those kept.</returns>
    private int KeepNearest(PlaceGrid grid, GeoPoint place, int of)
    {
        var (x, y, z) = _points[of];
        var reach = 2 * Sin(MostKilometres / EarthKilometres / 2);
        var within = 0;
        _nearest.Clear();
        foreach (var square in grid.Around(place))
        {
            foreach (var other in square)
            {
                var point = _points[other];
                var chord = ((point.X - x) * (point.X - x)) + ((point.Y - y) * (point.Y - y)) + ((point.Z - z) * (point.Z - z));
                if (other == of || chord > reach * reach)
                    continue;
                within++;
                if (_nearest.Count < Most)
                    _nearest.Enqueue(other, -chord);
                else
                    _nearest.EnqueueDequeue(other, -chord);
            }
        }

        return within - _nearest.Count;
    }

    private static (double X, double Y, double Z) OnSphere(GeoPoint place)
    {
        var (latitude, longitude) = (double.DegreesToRadians(place.LatitudeDegrees), double.DegreesToRadians(place.LongitudeDegrees));
        return (Cos(latitude) * Cos(longitude), Cos(latitude) * Sin(longitude), Sin(latitude));
    }
}
