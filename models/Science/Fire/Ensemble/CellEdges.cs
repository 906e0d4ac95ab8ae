using IotGateway.Science.Fire.Ground;

namespace IotGateway.Science.Fire.Ensemble;

/// <summary>
/// Walks round sets of cells along their edges, the set on the left hand, corners counted from the north-west:
/// so rings around the set run counter-clockwise on a map with north up, and those around holes clockwise.
/// </summary>
public static class CellEdges
{
    // East, north, west, south; turning left is the next one.
    private static readonly (int Right, int Down)[] Headings = [(1, 0), (0, -1), (-1, 0), (0, 1)];

    /// <summary>Closed rings of corners, without those on straight stretches.</summary>
    public static List<List<(int Column, int Row)>> Rings(GridFrame frame, Func<int, bool> inside)
    {
        // An edge eastward under a cell of the set starts a ring; each ring has one, since it closes.
        var seen = new HashSet<long>();
        var rings = new List<List<(int, int)>>();
        for (var row = 0; row < frame.Rows; row++)
        {
            for (var column = 0; column < frame.Columns; column++)
            {
                if (In(column, row) && !In(column, row + 1) && !seen.Contains(Key(column, row + 1)))
                    rings.Add(Walk(column, row + 1));
            }
        }

        return rings;

        bool In(int column, int row) =>
            column >= 0 && column < frame.Columns && row >= 0 && row < frame.Rows && inside(row * frame.Columns + column);

        List<(int, int)> Walk(int startColumn, int startRow)
        {
            var ring = new List<(int, int)> { (startColumn, startRow) };
            var (column, row, heading) = (startColumn, startRow, 0);
            do
            {
                if (heading == 0)
                    seen.Add(Key(column, row));
                column += Headings[heading].Right;
                row += Headings[heading].Down;
                var turn = Turn(column, row, heading);
                if (turn != 0)
                    ring.Add((column, row));
                heading = (heading + turn + 4) % 4;
            }
            while (column != startColumn || row != startRow || heading != 0);

            if (ring[^1] != ring[0])
                ring.Add(ring[0]);
            return ring;
        }

        // At a corner the set is ahead on the left; go right round touching cells, so that a ring never crosses itself.
        int Turn(int column, int row, int heading)
        {
            var (left, right) = Ahead(column, row, heading);
            return !left ? 1 : right ? -1 : 0;
        }

        (bool Left, bool Right) Ahead(int column, int row, int heading) => heading switch
        {
            0 => (In(column, row - 1), In(column, row)),
            1 => (In(column - 1, row - 1), In(column, row - 1)),
            2 => (In(column - 1, row), In(column - 1, row - 1)),
            _ => (In(column, row), In(column - 1, row)),
        };
    }

    private static long Key(int column, int row) => ((long)row << 32) | (uint)column;
}
