namespace IotGateway.Science.Fire;

/// <summary>
/// Minimum travel time with any-angle rays. A cell's arrival is that of the quickest straight line from a
/// source cell, and neighbours take over each other's sources; a cell becomes a source itself where the ground
/// or the weather changes and the quickest path may bend. See docs/science/fire.md for why not wavelets.
/// </summary>
internal sealed class FireRun(Landscape landscape)
{
    private static readonly (int Right, int Down)[] Neighbours = [(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1)];

    /// <summary>The directions a new source looks in: all within three cells, so that a narrow head is not missed.</summary>
    private static readonly (int Right, int Down)[] Star = [.. Directions(3)];

    private readonly int _columns = landscape.Frame.Columns;
    private readonly int _rows = landscape.Frame.Rows;
    private readonly ushort[] _classOf = landscape.ClassOf;
    private readonly float[] _arrival = Never(landscape.Frame.Cells);
    private readonly int[] _source = new int[landscape.Frame.Cells];
    private readonly ArrivalQueue _queue = new(8192);
    private readonly List<int> _burnt = [];
    private WaveletTable _wavelets = null!;

    /// <summary>The cells that burnt, in no particular order.</summary>
    public IReadOnlyList<int> Burnt => _burnt;

    /// <summary>Minute at which a cell burnt; infinite where it did not.</summary>
    public ReadOnlySpan<float> Arrival => _arrival;

    /// <summary>Burns from the cells given, all alight at minute 0, to the end of the weather.</summary>
    public void Burn(IReadOnlyList<int> alight, WaveletTable wavelets, CancellationToken cancel)
    {
        foreach (var cell in _burnt)
            _arrival[cell] = float.PositiveInfinity;
        _burnt.Clear();
        _wavelets = wavelets;
        _queue.Start(wavelets.HorizonMinutes);
        foreach (var cell in alight)
        {
            if (wavelets.Burns(_classOf[cell]))
                Improve(cell, 0, cell);
        }

        var looked = 0;
        while (_queue.TryPop(out var cell, out var minute))
        {
            if (minute > _arrival[cell])
                continue;
            Expand(cell, minute);
            if ((++looked & 0xFFFF) == 0)
                cancel.ThrowIfCancellationRequested();
        }
    }

    private void Expand(int cell, float minute)
    {
        var source = _source[cell];
        var epoch = _wavelets.EpochAt(minute);
        if (source == cell || _wavelets.EpochAt(_arrival[source]) != epoch)
        {
            Radiate(cell, minute);
            return;
        }

        var becomesSource = false;
        foreach (var (right, down) in Neighbours)
        {
            if (TryNeighbour(cell, right, down, out var next) && _arrival[next] > minute)
                becomesSource |= !Hand(next, source, cell, minute, epoch);
        }

        if (becomesSource)
            Radiate(cell, minute);
    }

    /// <summary>Offers a neighbour the cell's source; answers false where the line is too long to follow.</summary>
    private bool Hand(int next, int source, int cell, float minute, int epoch)
    {
        var ray = new Ray(landscape, _wavelets, source, next);
        if (ray.Steps <= landscape.Clearance[next] || ray.AllAlike())
        {
            var arrival = ray.ArrivalAlike(_arrival[source]);
            Offer(next, arrival, source);
            if (arrival > _wavelets.EndOfEpoch[epoch])
                OfferStep(next, cell, minute);
            return true;
        }

        OfferStep(next, cell, minute);
        if (ray.Steps > Ray.LongestMixed)
            return false;
        Offer(next, ray.ArrivalMixed(_arrival[source]), source);
        return true;
    }

    private void Radiate(int cell, float minute)
    {
        foreach (var (right, down) in Star)
        {
            if (TryNeighbour(cell, right, down, out var next) && _arrival[next] > minute)
                OfferStep(next, cell, minute);
        }
    }

    private void OfferStep(int next, int cell, float minute)
    {
        var ray = new Ray(landscape, _wavelets, cell, next);
        Offer(next, ray.Steps <= landscape.Clearance[next] ? ray.ArrivalAlike(minute) : ray.ArrivalMixed(minute), cell);
    }

    private void Offer(int next, double arrival, int source)
    {
        // Compared as it will be kept: a gain lost to rounding would be offered for ever.
        var kept = (float)arrival;
        if (kept < _arrival[next] && kept <= _wavelets.HorizonMinutes)
            Improve(next, kept, source);
    }

    private void Improve(int cell, float minute, int source)
    {
        if (float.IsPositiveInfinity(_arrival[cell]))
            _burnt.Add(cell);
        _arrival[cell] = minute;
        _source[cell] = source;
        _queue.Push(cell, minute);
    }

    private bool TryNeighbour(int cell, int right, int down, out int next)
    {
        var column = cell % _columns + right;
        var row = cell / _columns + down;
        next = row * _columns + column;
        return (uint)column < (uint)_columns && (uint)row < (uint)_rows && _wavelets.Burns(_classOf[next]);
    }

    private static IEnumerable<(int Right, int Down)> Directions(int reach)
    {
        for (var right = -reach; right <= reach; right++)
        {
            for (var down = -reach; down <= reach; down++)
            {
                if (GreatestCommonDivisor(Math.Abs(right), Math.Abs(down)) == 1)
                    yield return (right, down);
            }
        }
    }

    private static int GreatestCommonDivisor(int one, int other) => other == 0 ? one : GreatestCommonDivisor(other, one % other);

    private static float[] Never(int cells)
    {
        var never = new float[cells];
        Array.Fill(never, float.PositiveInfinity);
        return never;
    }
}
