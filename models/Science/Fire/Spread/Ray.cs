namespace IotGateway.Science.Fire;

/// <summary>
/// Travel of the fire along a straight line from a source to a cell's centre, through changing ground and
/// weather. The time of a stretch is the time of the whole line on that ground, times the stretch's share of it.
/// </summary>
internal readonly ref struct Ray
{
    /// <summary>Longest line, cells, that is followed through changing ground; beyond it the cell becomes a source itself.</summary>
    public const int LongestMixed = 12;

    /// <summary>Most looks along a line of like ground; each leaps as far as the ground is known to be alike.</summary>
    private const int MostLooks = 24;

    private readonly Landscape _landscape;
    private readonly WaveletTable _wavelets;
    private readonly Source _from;
    private readonly int _to;
    private readonly double _right;
    private readonly double _down;

    public Ray(Landscape landscape, WaveletTable wavelets, in Source from, int to)
    {
        _landscape = landscape;
        _wavelets = wavelets;
        _from = from;
        _to = to;
        var (row, column) = Math.DivRem(to, landscape.Frame.Columns);
        _right = column - from.Column;
        _down = row - from.Row;
        Steps = (int)Math.Ceiling(Math.Max(Math.Abs(_right), Math.Abs(_down)));
    }

    /// <summary>Number of steps of a king between the two cells.</summary>
    public int Steps { get; }

    private ushort[] ClassOf => _landscape.ClassOf;

    /// <summary>Whether all the way is of one class, found by leaps from the far end; false also when it takes too long to tell.</summary>
    public bool AllAlike()
    {
        if (Steps <= _landscape.Clearance[_to])
            return true;
        var kind = ClassOf[_to];
        if (ClassOf[CellAt(0)] != kind)
            return false;
        var at = Steps;
        for (var look = 0; look < MostLooks; look++)
        {
            var cell = CellAt(at);
            if (ClassOf[cell] != kind)
                return false;
            int leap = _landscape.Clearance[cell];
            if (leap == 0 && at > 0 && Squeezes(cell, CellAt(at - 1)))
                return false;
            at -= Math.Max(leap, 1);
            if (at <= 0)
                return true;
        }

        return false;
    }

    /// <summary>Arrival at the far end, minutes, when all the way is of one class.</summary>
    public double ArrivalAlike() => Advance(_from.Minute, 1, ClassOf[_to]);

    /// <summary>The point of a line of one class at which the fire stands when an epoch of the weather ends.</summary>
    public (double Column, double Row) AtEndOf(int epoch)
    {
        var (minute, share) = (_from.Minute, 0.0);
        for (var e = _from.Epoch; e <= epoch; e++)
        {
            var end = _wavelets.EndOfEpoch[e];
            share += (end - minute) / Minutes(e, ClassOf[_to]);
            minute = end;
        }

        return (_from.Column + share * _right, _from.Row + share * _down);
    }

    /// <summary>Arrival at the far end whatever the ground; infinite where the line is cut.</summary>
    public double ArrivalMixed()
    {
        var minute = _from.Minute;
        var before = CellAt(0);
        for (var i = 1; i <= Steps; i++)
        {
            var cell = CellAt(i);
            if (!_wavelets.Burns(ClassOf[cell]) || Squeezes(before, cell))
                return double.PositiveInfinity;
            // Half the step is on either cell's ground.
            if (ClassOf[cell] == ClassOf[before])
            {
                minute = Advance(minute, 1.0 / Steps, ClassOf[cell]);
            }
            else
            {
                minute = Advance(minute, 0.5 / Steps, ClassOf[before]);
                minute = Advance(minute, 0.5 / Steps, ClassOf[cell]);
            }

            before = cell;
        }

        return minute;
    }

    /// <summary>Lets the fire run a share of the line on one ground, from epoch to epoch of the weather.</summary>
    private double Advance(double minute, double share, int kind)
    {
        if (!(minute < _wavelets.HorizonMinutes))
            return double.PositiveInfinity;
        for (var epoch = _wavelets.EpochAt(minute); epoch < _wavelets.EndOfEpoch.Length; epoch++)
        {
            var whole = Minutes(epoch, kind);
            var end = _wavelets.EndOfEpoch[epoch];
            if (minute + share * whole <= end)
                return minute + share * whole;
            share -= (end - minute) / whole;
            minute = end;
        }

        return double.PositiveInfinity;
    }

    private double Minutes(int epoch, int kind)
    {
        var cell = _landscape.Frame.CellMetres;
        return _wavelets.Of(epoch, kind).Minutes(_right * cell, -_down * cell);
    }

    /// <summary>A diagonal step between two cells that do not burn is no way through.</summary>
    private bool Squeezes(int one, int other)
    {
        var columns = _landscape.Frame.Columns;
        var (rowOne, columnOne) = Math.DivRem(one, columns);
        var (rowOther, columnOther) = Math.DivRem(other, columns);
        return rowOne != rowOther && columnOne != columnOther
            && !_wavelets.Burns(ClassOf[rowOne * columns + columnOther])
            && !_wavelets.Burns(ClassOf[rowOther * columns + columnOne]);
    }

    private int CellAt(int step)
    {
        var share = Steps == 0 ? 0 : (double)step / Steps;
        var column = (int)Math.Floor(_from.Column + share * _right + 0.5);
        var row = (int)Math.Floor(_from.Row + share * _down + 0.5);
        return row * _landscape.Frame.Columns + column;
    }
}
