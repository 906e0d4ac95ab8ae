using System.Globalization;
using IotGateway.Science;

namespace IotGateway.Analyst.Grids;

/// <summary>The ASCII grid of ESRI: six lines of header, then values, rows from the north. It states no projection.</summary>
internal static class AsciiGrid
{
    /// <summary>Most cells a side: those of a grid frame.</summary>
    internal const int MostCells = 20_000;

    /// <summary>The format's value of no data where the header names none.</summary>
    private const double NoData = -9999;

    private static readonly HashSet<string> Keys = new(StringComparer.OrdinalIgnoreCase)
    {
        "ncols", "nrows", "xllcorner", "xllcenter", "yllcorner", "yllcenter", "cellsize", "nodata_value",
    };

    public static Raster Read(string path)
    {
        using var reader = new StreamReader(path);
        var header = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase);
        var words = Words(reader).GetEnumerator();
        string? first = null;
        while (words.MoveNext())
        {
            if (!Keys.Contains(words.Current))
            {
                first = words.Current;
                break;
            }

            var key = words.Current;
            if (!header.TryAdd(key, words.MoveNext() ? Number(words.Current, path, key) : throw Broken(path, $"at its end after {key}")))
                throw Broken(path, $"with {key} twice");
        }

        var (columns, rows, cell) = (Count("ncols"), Count("nrows"), Of("cellsize"));
        if (new FileInfo(path).Length < 2L * columns * rows)
            throw Broken(path, $"too short for {columns} × {rows} numbers");
        var values = new float[columns * rows];
        for (var i = 0; i < values.Length; i++)
        {
            if (i > 0 && !words.MoveNext())
                throw Broken(path, $"{i} values");
            values[i] = (float)Number(
                i == 0 ? first ?? throw Broken(path, "0 values") : words.Current, path, $"row {i / columns + 1}, column {i % columns + 1}");
        }

        if (words.MoveNext())
            throw Broken(path, $"longer than {columns} × {rows} numbers");

        // The origin is the corner or the centre of the south-western cell.
        var west = header.TryGetValue("xllcorner", out var corner) ? corner : Of("xllcenter") - cell / 2;
        var south = header.TryGetValue("yllcorner", out corner) ? corner : Of("yllcenter") - cell / 2;
        return new Raster(
            Path.GetFileName(path), columns, rows, cell, west, south + rows * cell, null,
            header.TryGetValue("nodata_value", out var none) ? none : NoData, values);

        int Count(string key) => Of(key) is >= 1 and <= MostCells and var count && count == Math.Floor(count)
            ? (int)count
            : throw Broken(path, $"of {Of(key)} {key}");

        double Of(string key) => header.TryGetValue(key, out var value) ? value : throw Broken(path, "without " + key);
    }

    private static IEnumerable<string> Words(StreamReader reader)
    {
        while (reader.ReadLine() is { } line)
        {
            foreach (var word in line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                yield return word;
        }
    }

    private static double Number(string word, string path, string where) =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Broken(path, $"'{(word.Length > 40 ? word[..40] : word)}' at {where}");

    private static InputException Broken(string path, string what) =>
        new(
            "grid " + Path.GetFileName(path), what,
            "an ESRI ASCII grid: ncols, nrows, xllcorner, yllcorner, cellsize, then ncols × nrows numbers");
}
