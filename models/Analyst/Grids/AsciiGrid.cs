using System.Globalization;
using IotGateway.Science;

namespace IotGateway.Analyst.Grids;

/// <summary>The ASCII grid of ESRI: six lines of header, then values, rows from the north. It states no projection.</summary>
internal static class AsciiGrid
{
    public static Raster Read(string path)
    {
        using var reader = new StreamReader(path);
        var header = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase);
        var words = Words(reader).GetEnumerator();
        string? first = null;
        while (words.MoveNext())
        {
            if (!char.IsLetter(words.Current[0]))
            {
                first = words.Current;
                break;
            }

            var key = words.Current;
            header[key] = words.MoveNext() ? Number(words.Current, path) : throw Broken(path, $"ends after {key}");
        }

        var (columns, rows, cell) = ((int)Of("ncols"), (int)Of("nrows"), Of("cellsize"));
        var values = new float[checked(columns * rows)];
        for (var i = 0; i < values.Length; i++)
        {
            if (i > 0 && !words.MoveNext())
                throw Broken(path, $"{i} values");
            values[i] = (float)Number(i == 0 ? first ?? throw Broken(path, "0 values") : words.Current, path);
        }

        // The origin is the corner or the centre of the south-western cell.
        var west = header.TryGetValue("xllcorner", out var corner) ? corner : Of("xllcenter") - cell / 2;
        var south = header.TryGetValue("yllcorner", out corner) ? corner : Of("yllcenter") - cell / 2;
        return new Raster(
            Path.GetFileName(path), columns, rows, cell, west, south + rows * cell, null,
            header.TryGetValue("nodata_value", out var none) ? none : null, values);

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

    private static double Number(string word, string path) =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : throw Broken(path, $"'{word}'");

    private static InputException Broken(string path, string what) =>
        new(
            "grid " + Path.GetFileName(path), what,
            "an ESRI ASCII grid: ncols, nrows, xllcorner, yllcorner, cellsize, then ncols × nrows numbers");
}
