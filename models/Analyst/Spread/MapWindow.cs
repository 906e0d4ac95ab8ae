using IotGateway.Science.Fire.Ensemble;
using IotGateway.Science.Fire.Ground;

namespace IotGateway.Analyst.Spread;

/// <summary>The part of the grid worth showing: all that may burn, with a margin, in a square.</summary>
internal sealed record MapWindow(int Left, int Top, int Side)
{
    public static MapWindow Of(BurnProbability burns, IReadOnlyList<int> alight)
    {
        var frame = burns.Frame;
        var (left, right, top, bottom) = (int.MaxValue, 0, int.MaxValue, 0);
        for (var cell = 0; cell < frame.Cells; cell++)
        {
            if (burns.ByMinute(cell) > 0)
                Include(cell);
        }

        foreach (var cell in alight)
            Include(cell);
        var side = Math.Max(right - left, bottom - top) + 1;
        side += Math.Max(side / 4, 10);
        return new MapWindow((left + right - side) / 2, (top + bottom - side) / 2, side);

        void Include(int cell)
        {
            var (row, column) = Math.DivRem(cell, frame.Columns);
            (left, right) = (Math.Min(left, column), Math.Max(right, column));
            (top, bottom) = (Math.Min(top, row), Math.Max(bottom, row));
        }
    }
}
