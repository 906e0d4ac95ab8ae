using IotGateway.Science;
using IotGateway.Science.Earth;
using IotGateway.Science.Fire.Ground;

namespace IotGateway.Analyst.Grids;

/// <summary>A grid as a file has it: where it lies, what projection it states, and its values, rows from the north. EPSG code and
/// no-data value are null where the file states none.</summary>
internal sealed record Raster(
    string File, int Columns, int Rows, double CellMetres, double WestMetres, double NorthMetres,
    int? Epsg, double? NoData, float[] Values)
{
    public static Raster Read(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".TIF" or ".TIFF" => GeoTiff.Read(path),
        _ => AsciiGrid.Read(path),
    };

    /// <summary>The frame, by the file's projection or by the one given for a file that states none.</summary>
    public GridFrame Frame(int? statedEpsg)
    {
        if (Epsg is { } own && statedEpsg is { } stated && own != stated)
            throw new InputException("projection of " + File, "EPSG " + own, $"EPSG {stated}, as stated");
        var code = Epsg ?? statedEpsg ?? throw new InputException("projection of " + File, "not stated", "given by --epsg");
        return new GridFrame(Columns, Rows, CellMetres, WestMetres, NorthMetres, Projection.OfEpsg(code));
    }

    /// <summary>True where the grid has a value for a cell.</summary>
    public bool Knows(int cell) => !float.IsNaN(Values[cell]) && Values[cell] != (float?)NoData;

    /// <summary>The value of a cell.</summary>
    public double At(int cell) => Values[cell] is var value && !Knows(cell)
        ? throw new InputException(File, "no data", $"filled at row {cell / Columns + 1}, column {cell % Columns + 1}")
        : value;

    /// <summary>Refuses a grid that lies otherwise than the first.</summary>
    public void RequireLike(Raster other)
    {
        if ((Columns, Rows, CellMetres) != (other.Columns, other.Rows, other.CellMetres)
            || Math.Abs(WestMetres - other.WestMetres) > CellMetres / 100 || Math.Abs(NorthMetres - other.NorthMetres) > CellMetres / 100
            || (Epsg is { } own && other.Epsg is { } its && own != its))
            throw new InputException(
                "grid " + File, "laid out otherwise", "of the same projection, origin, cells and size as " + other.File);
    }
}
