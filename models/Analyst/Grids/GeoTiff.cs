using System.Globalization;
using System.Text;
using BitMiracle.LibTiff.Classic;
using IotGateway.Science;

namespace IotGateway.Analyst.Grids;

/// <summary>One band of a GeoTIFF (OGC 19-008), in strips or tiles, of whole or real numbers, north up.</summary>
internal static class GeoTiff
{
    private const TiffTag PixelScale = (TiffTag)33550;
    private const TiffTag TiePoint = (TiffTag)33922;
    private const TiffTag GeoKeys = (TiffTag)34735;
    private const TiffTag NoDataTag = (TiffTag)42113;
    private const int ProjectedTypeKey = 3072;

    public static Raster Read(string path)
    {
        Tiff.SetErrorHandler(new Silent());
        try
        {
            using var tiff = Tiff.Open(path, "r") ?? throw Broken(path, "not readable");
            return Read(tiff, path);
        }
        catch (Exception e) when (e is NullReferenceException or IndexOutOfRangeException or OverflowException or InvalidCastException
            or ArgumentException and not InputException or InvalidOperationException or InvalidDataException or EndOfStreamException
            or OutOfMemoryException or DivideByZeroException or KeyNotFoundException or FormatException)
        {
            // The library has no error of its own: a tag that is missing, cut or of another kind ends in any of these.
            throw Broken(path, $"broken ({e.GetType().Name})");
        }
    }

    private static Raster Read(Tiff tiff, string path)
    {
        var columns = tiff.GetField(TiffTag.IMAGEWIDTH)[0].ToInt();
        var rows = tiff.GetField(TiffTag.IMAGELENGTH)[0].ToInt();
        if (columns is < 1 or > AsciiGrid.MostCells || rows is < 1 or > AsciiGrid.MostCells)
            throw Broken(path, string.Create(CultureInfo.InvariantCulture, $"of {columns} × {rows} cells"));
        var scale = Doubles(tiff, PixelScale) ?? throw Broken(path, "without a pixel scale");
        var tie = Doubles(tiff, TiePoint) ?? throw Broken(path, "without a tie point");
        if (scale.Length < 2 || tie.Length < 6 || !(scale[0] > 0) || !(Math.Abs(scale[0] - scale[1]) <= 1e-6 * scale[0]))
            throw Broken(path, "not of square cells");
        var values = new Samples(tiff, path).Read(columns, rows);
        return new Raster(
            Path.GetFileName(path), columns, rows, scale[0], tie[3] - tie[0] * scale[0], tie[4] + tie[1] * scale[1],
            Epsg(tiff), NoData(tiff), values);
    }

    private static int? Epsg(Tiff tiff)
    {
        if (tiff.GetField(GeoKeys) is not { } field)
            return null;
        var keys = field[1].ToShortArray();
        for (var i = 4; i + 3 < keys.Length; i += 4)
        {
            if (keys[i] == ProjectedTypeKey)
                return (ushort)keys[i + 3];
        }

        return null;
    }

    private static double? NoData(Tiff tiff) =>
        tiff.GetField(NoDataTag) is { } field
        && double.TryParse(
            Encoding.ASCII.GetString(field[1].ToByteArray()).Trim('\0', ' '), NumberStyles.Float, CultureInfo.InvariantCulture,
            out var value)
            ? value : null;

    private static double[]? Doubles(Tiff tiff, TiffTag tag) => tiff.GetField(tag)?[1].ToDoubleArray();

    internal static InputException Broken(string path, string what) =>
        new("grid " + Path.GetFileName(path), what, "a GeoTIFF of one band of numbers in square cells, north up");

    private sealed class Silent : TiffErrorHandler
    {
        public override void WarningHandler(Tiff tif, string method, string format, params object[] args)
        {
            // Unknown private tags warn; what we cannot read is refused by us.
        }

        public override void ErrorHandler(Tiff tif, string method, string format, params object[] args)
        {
            // The failing call answers false or null, and is refused with the file's name.
        }
    }
}
