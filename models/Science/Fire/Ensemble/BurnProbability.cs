using IotGateway.Science.Fire.Ground;

namespace IotGateway.Science.Fire.Ensemble;

/// <summary>
/// For each cell, in how many members it burnt, and when, counted in steps of time. Only rows that burn in some
/// member take memory, and the number of steps shrinks on large grids, so that the counts stay below half a
/// gigabyte whatever the number of members.
/// </summary>
public sealed class BurnProbability
{
    private const long MostBytes = 512L << 20;
    private readonly ushort[]?[] _counts;
    private readonly Lock _adding = new();
    private readonly int _steps;
    private readonly double _stepMinutes;

    internal BurnProbability(GridFrame frame, int members, double horizonMinutes)
    {
        Frame = frame;
        Members = members;
        HorizonMinutes = horizonMinutes;
        _steps = (int)Math.Clamp(MostBytes / (2L * frame.Cells), 1, Math.Max(1, Math.Ceiling(horizonMinutes / 15)));
        _stepMinutes = horizonMinutes / _steps;
        _counts = new ushort[frame.Rows][];
    }

    /// <summary>The grid's place on Earth.</summary>
    public GridFrame Frame { get; }

    /// <summary>Number of members.</summary>
    public int Members { get; }

    /// <summary>Length of the forecast, minutes.</summary>
    public double HorizonMinutes { get; }

    /// <summary>Width of the steps in which arrival is counted, minutes: arrivals are known to within it. 15 or more.</summary>
    public double StepMinutes => _stepMinutes;

    /// <summary>Probability, 0 to 1, that a cell burns by a minute: the share of members in which it does.</summary>
    public double ByMinute(int cell, double minute = double.MaxValue)
    {
        if (Row(cell) is not { } row)
            return 0;
        var last = (int)Math.Min(Math.Floor(minute / _stepMinutes), _steps);
        var burnt = 0;
        foreach (var count in row.AsSpan(cell % Frame.Columns * _steps, Math.Max(last, 0)))
            burnt += count;
        return (double)burnt / Members;
    }

    /// <summary>
    /// The minute by which the fire has arrived in a share of all members, to the end of its step; infinite where
    /// fewer burn. A quantile of 0.1 is an early arrival, 0.5 the median.
    /// </summary>
    /// <exception cref="InputException">The quantile is not above 0 and at most 1.</exception>
    public double ArrivalQuantile(int cell, double quantile)
    {
        Check.Within(quantile, 1e-9, 1, "quantile");
        if (Row(cell) is not { } row)
            return double.PositiveInfinity;
        var needed = Math.Ceiling(quantile * Members - 1e-9);
        var burnt = 0;
        var steps = row.AsSpan(cell % Frame.Columns * _steps, _steps);
        for (var step = 0; step < steps.Length; step++)
        {
            burnt += steps[step];
            if (burnt >= needed)
                return (step + 1) * _stepMinutes;
        }

        return double.PositiveInfinity;
    }

    /// <summary>
    /// Adds one member's burnt cells, from any thread, one member at a time: that takes a twentieth of the time of
    /// burning it, and additions that need not be atomic do not wait for each other's memory. The sum does not depend on
    /// the order of members.
    /// </summary>
    internal void Add(ReadOnlySpan<int> burnt, ReadOnlySpan<float> arrival)
    {
        lock (_adding)
        {
            foreach (var cell in burnt)
            {
                var (row, column) = Math.DivRem(cell, Frame.Columns);
                var counts = _counts[row] ??= new ushort[Frame.Columns * _steps];
                counts[column * _steps + Math.Min((int)(arrival[cell] / _stepMinutes), _steps - 1)]++;
            }
        }
    }

    private ushort[]? Row(int cell) => _counts[cell / Frame.Columns];
}
