using IotGateway.Science.Fire.Ground;

namespace IotGateway.Science.Fire.Spread;

/// <summary>The minute at which each cell of a grid burnt; positive infinity where it did not.</summary>
public sealed class ArrivalMap(GridFrame frame, float[] minutes)
{
    /// <summary>The grid's place on Earth.</summary>
    public GridFrame Frame => frame;

    /// <summary>Minute of arrival by cell, rows from the north.</summary>
    public ReadOnlySpan<float> Minutes => minutes;

    /// <summary>Area burnt by a minute, ha.</summary>
    public double AreaHectares(double byMinute = double.MaxValue)
    {
        var cells = 0;
        foreach (var minute in minutes)
        {
            if (minute <= byMinute)
                cells++;
        }

        return cells * frame.CellHectares;
    }
}
