using System.Runtime.InteropServices;
using IotGateway.Science.Fire.Ground;

namespace IotGateway.Science.Fire.Spread;

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
        Reach = Math.Max(Math.Abs(_right), Math.Abs(_down));
        Steps = (int)Math.Ceiling(Reach);
    }

    /// <summary>Length as the king moves, cells.</summary>
    public double Reach { get; }

    /// <summary>Number of steps of a king between the two cells.</summary>
    public int Steps { get; }

    private ushort[] ClassOf => _landscape.ClassOf;

    /// <summary>
    /// True where all the way is of one class, found by leaps from the far end; false also when it takes too long to tell.
    /// </summary>
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

    /// <summary>Arrival at the far end when all the way is of one class.</summary>
    public Arrival ArrivalAlike() => Advance(_from.Minute, _from.Epoch, 1, ClassOf[_to]);

    /// <summary>The point at which the fire stands when this share of the line is left.</summary>
    public (double Column, double Row) Before(double shareLeft) =>
        (_from.Column + (1 - shareLeft) * _right, _from.Row + (1 - shareLeft) * _down);

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
    private double Advance(double minute, double share, int kind) => minute < _wavelets.HorizonMinutes
        ? Advance(minute, _wavelets.EpochAt(minute), share, kind).Minute
        : double.PositiveInfinity;

    private Arrival Advance(double minute, int epoch, double share, int kind)
    {
        var ends = _wavelets.EndOfEpoch;
        for (; epoch < ends.Length; epoch++)
        {
            var whole = Minutes(epoch, kind);
            if (minute + share * whole <= ends[epoch])
                return new Arrival(minute + share * whole, epoch, share);
            share -= (ends[epoch] - minute) / whole;
            minute = ends[epoch];
        }

        return new Arrival(double.PositiveInfinity, ends.Length, share);
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

/// <summary>Arrival of the fire at the end of a line, with the share of it that was left when the weather last changed.</summary>
/// <param name="Minute">Minute of arrival; infinite where the weather ends first.</param>
/// <param name="Epoch">Epoch of the weather at the arrival.</param>
/// <param name="ShareLeft">Share of the line left at the start of that epoch; 1 where the line started in it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Arrival(double Minute, int Epoch, double ShareLeft);
