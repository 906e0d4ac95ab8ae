using IotGateway.Science.Fire.Behaviour;
using IotGateway.Science.Fire.Fuels;

namespace IotGateway.Science.Fire.Ground;

/// <summary>A grid of ground classes, which all members of an ensemble share and none changes.</summary>
public sealed class Landscape
{
    private Landscape(GridFrame frame, ushort[] classOf, GroundClass[] classes)
    {
        Frame = frame;
        ClassOf = classOf;
        Classes = classes;
        Clearance = SameClassAround(frame, classOf);
    }

    /// <summary>The grid's place on Earth.</summary>
    public GridFrame Frame { get; }

    internal GroundClass[] Classes { get; }

    internal ushort[] ClassOf { get; }

    /// <summary>Cells in every direction (as the king moves) that are of the cell's own class; capped at 65535.</summary>
    internal ushort[] Clearance { get; }

    /// <summary>The ground of a cell.</summary>
    public GroundClass this[int cell] => Classes[ClassOf[cell]];

    /// <summary>One ground everywhere.</summary>
    /// <exception cref="InputException">The frame, the stand or the terrain is out of range.</exception>
    public static Landscape Uniform(GridFrame frame, Stand stand, Terrain terrain = default) =>
        Of(frame, _ => new GroundClass(stand, terrain));

    /// <summary>A ground for each cell, rows from the north. Slope and aspect are grouped: see <see cref="GroundClass.Of"/>.</summary>
    /// <exception cref="InputException">A value is out of range, or there are more than 65535 classes.</exception>
    public static Landscape Of(GridFrame frame, Func<int, GroundClass> ground)
    {
        frame.Validate();
        var classes = new List<GroundClass>();
        var known = new Dictionary<GroundClass, ushort>();
        var classOf = new ushort[frame.Cells];
        for (var cell = 0; cell < classOf.Length; cell++)
        {
            var here = ground(cell);
            if (!known.TryGetValue(here, out var index))
                known[here] = index = Add(classes, here);
            classOf[cell] = index;
        }

        return new Landscape(frame, classOf, [.. classes]);
    }

    private static ushort Add(List<GroundClass> classes, GroundClass here)
    {
        here.Stand.Validate();
        here.Terrain.Validate();
        var grouped = GroundClass.Of(here.Stand, here.Terrain);
        var at = classes.IndexOf(grouped);
        if (at >= 0)
            return (ushort)at;
        Check.Within(classes.Count, 0, ushort.MaxValue, "ground classes");
        classes.Add(grouped);
        return (ushort)(classes.Count - 1);
    }

    /// <summary>Chessboard distance to the nearest cell that touches another class, in two passes.</summary>
    private static ushort[] SameClassAround(GridFrame frame, ushort[] classOf)
    {
        var (columns, rows) = (frame.Columns, frame.Rows);
        var clearance = new ushort[classOf.Length];
        Array.Fill(clearance, ushort.MaxValue);
        for (var cell = 0; cell < classOf.Length; cell++)
            Relax(cell, -columns - 1, -columns, -columns + 1, -1);
        for (var cell = classOf.Length - 1; cell >= 0; cell--)
            Relax(cell, columns + 1, columns, columns - 1, 1);
        return clearance;

        void Relax(int cell, params ReadOnlySpan<int> offsets)
        {
            var column = cell % columns;
            foreach (var offset in offsets)
            {
                var other = cell + offset;
                if (other < 0 || other >= classOf.Length || Math.Abs(other % columns - column) > 1 || other / columns >= rows)
                    continue;
                clearance[cell] = classOf[other] != classOf[cell]
                    ? (ushort)0
                    : (ushort)Math.Min(clearance[cell], Math.Min(clearance[other] + 1, ushort.MaxValue));
                if (classOf[other] != classOf[cell])
                    clearance[other] = 0;
            }
        }
    }
}
