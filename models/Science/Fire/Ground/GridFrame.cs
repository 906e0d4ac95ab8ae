using IotGateway.Science.Earth;

namespace IotGateway.Science.Fire.Ground;

/// <summary>
/// Frame of a grid: square cells on a plane in metres, rows from north to south, columns from west to east.
/// </summary>
/// <param name="Columns">Number of columns, 1 to 20000.</param>
/// <param name="Rows">Number of rows, 1 to 20000.</param>
/// <param name="CellMetres">Side of a cell, m, 1 to 10000.</param>
/// <param name="WestMetres">Easting of the western edge, m.</param>
/// <param name="NorthMetres">Northing of the northern edge, m.</param>
/// <param name="Projection">What eastings and northings mean.</param>
public sealed record GridFrame(
    int Columns, int Rows, double CellMetres, double WestMetres, double NorthMetres, Projection Projection)
{
    /// <summary>Number of cells.</summary>
    public int Cells => Columns * Rows;

    /// <summary>Area of a cell, ha.</summary>
    public double CellHectares => CellMetres * CellMetres / 10_000;

    /// <summary>Refuses a frame that cannot be.</summary>
    /// <exception cref="InputException">A value is outside its range.</exception>
    public void Validate()
    {
        Check.Within(Columns, 1, 20_000, "columns of the grid");
        Check.Within(Rows, 1, 20_000, "rows of the grid");
        Check.Within(CellMetres, 1, 10_000, "cell size (m)");
        Check.Within(WestMetres, -1e8, 1e8, "western edge (m)");
        Check.Within(NorthMetres, -1e8, 1e8, "northern edge (m)");
    }

    /// <summary>The cell a place lies in.</summary>
    /// <exception cref="InputException">The place is outside the grid.</exception>
    public int CellAt(GeoPoint place, string what)
    {
        var (east, north) = Projection.ToPlane(place);
        var column = Math.Floor((east - WestMetres) / CellMetres);
        var row = Math.Floor((NorthMetres - north) / CellMetres);
        if (!(column >= 0 && column < Columns && row >= 0 && row < Rows))
            throw new InputException(what, place.ToString(), "inside the grid");
        return (int)row * Columns + (int)column;
    }

    /// <summary>The place of a corner of the cells, columns and rows counted from the north-western one.</summary>
    public GeoPoint Corner(double column, double row) =>
        Projection.ToGeo(WestMetres + column * CellMetres, NorthMetres - row * CellMetres);
}
