namespace IotGateway.Science.Fire;

/// <summary>
/// Travel of the fire along a straight line between two cells' centres, through changing ground and weather.
/// The time of a stretch is the time of the whole line at that ground, times the stretch's share of it.
/// </summary>
internal readonly ref struct Ray(Landscape landscape, WaveletTable wavelets, int from, int to)
{
    /// <summary>Longest line, cells, that is followed through changing ground; beyond it the cell becomes a source itself.</summary>
    public const int LongestMixed = 12;

    /// <summary>Most looks along a line of like ground; each leaps as far as the ground is known to be alike.</summary>
    private const int MostLooks = 24;

    private readonly int _columns = landscape.Frame.Columns;
    private readonly ushort[] _classOf = landscape.ClassOf;
    private readonly int _fromColumn = from % landscape.Frame.Columns;
    private readonly int _fromRow = from / landscape.Frame.Columns;
    private readonly int _right = to % landscape.Frame.Columns - from % landscape.Frame.Columns;
    private readonly int _down = to / landscape.Frame.Columns - from / landscape.Frame.Columns;

    /// <summary>Number of steps of a king between the two cells.</summary>
    public int Steps => Math.Max(Math.Abs(_right), Math.Abs(_down));

    private double East => _right * landscape.Frame.CellMetres;

    private double North => -_down * landscape.Frame.CellMetres;

    /// <summary>Whether all the way is of one class, found by leaps from the far end; false also when it takes too long to tell.</summary>
    public bool AllAlike()
    {
        var steps = Steps;
        var kind = _classOf[to];
        if (_classOf[from] != kind)
            return false;
        var at = steps;
        for (var look = 0; look < MostLooks; look++)
        {
            var cell = CellAt(at, steps);
            if (_classOf[cell] != kind)
                return false;
            int leap = landscape.Clearance[cell];
            if (leap == 0 && at > 0 && Squeezes(cell, CellAt(at - 1, steps)))
                return false;
            at -= Math.Max(leap, 1);
            if (at <= 0)
                return true;
        }

        return false;
    }

    /// <summary>Arrival at the far end, minutes, of a fire that leaves at a minute and meets one class only.</summary>
    public double ArrivalAlike(double minute) => Advance(minute, 1, _classOf[to]);

    /// <summary>Arrival at the far end whatever the ground; infinite where the line is cut.</summary>
    public double ArrivalMixed(double minute)
    {
        var steps = Steps;
        var before = from;
        for (var i = 1; i <= steps; i++)
        {
            var cell = CellAt(i, steps);
            if (!wavelets.Burns(_classOf[cell]) || Squeezes(before, cell))
                return double.PositiveInfinity;
            // Half the step is on either cell's ground.
            if (_classOf[cell] == _classOf[before])
            {
                minute = Advance(minute, 1.0 / steps, _classOf[cell]);
            }
            else
            {
                minute = Advance(minute, 0.5 / steps, _classOf[before]);
                minute = Advance(minute, 0.5 / steps, _classOf[cell]);
            }

            before = cell;
        }

        return minute;
    }

    /// <summary>Lets the fire run a share of the line on one ground, from epoch to epoch of the weather.</summary>
    private double Advance(double minute, double share, int kind)
    {
        if (!(minute < wavelets.HorizonMinutes))
            return double.PositiveInfinity;
        for (var epoch = wavelets.EpochAt(minute); epoch < wavelets.EndOfEpoch.Length; epoch++)
        {
            var whole = wavelets.Of(epoch, kind).Minutes(East, North);
            var end = wavelets.EndOfEpoch[epoch];
            if (minute + share * whole <= end)
                return minute + share * whole;
            share -= (end - minute) / whole;
            minute = end;
        }

        return double.PositiveInfinity;
    }

    /// <summary>A diagonal step between two cells that do not burn is no way through.</summary>
    private bool Squeezes(int one, int other)
    {
        var (rowOne, rowOther) = (one / _columns, other / _columns);
        if (rowOne == rowOther || one % _columns == other % _columns)
            return false;
        return !wavelets.Burns(_classOf[rowOne * _columns + other % _columns])
            && !wavelets.Burns(_classOf[rowOther * _columns + one % _columns]);
    }

    private int CellAt(int step, int steps)
    {
        var column = _fromColumn + (int)Math.Floor((double)step * _right / steps + 0.5);
        var row = _fromRow + (int)Math.Floor((double)step * _down / steps + 0.5);
        return row * _columns + column;
    }
}
