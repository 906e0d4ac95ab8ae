using System.Globalization;
using System.IO.Compression;
using CsvHelper;

namespace IotGateway.FirmwareSim.Recorded;

/// <summary>A gzipped CSV file with a header line.</summary>
internal static class CsvFile
{
    private static readonly CsvReaderOptions Comma = new() { Separator = ',', FormatProvider = CultureInfo.InvariantCulture };

    public static List<T> Read<T>(string folder, string name, Func<CsvReader, T> row)
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
            throw new RecordingException($"'{folder}' has no {name}; expected a folder with the recordings");

        try
        {
            using var file = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
            using var csv = CsvReader.Create(file, Comma, leaveOpen: false);
            var rows = new List<T>();
            while (csv.Read())
                rows.Add(row(csv));
            return rows;
        }
        catch (Exception e)
            when (e is CsvFormatException or FormatException or OverflowException or ArgumentException or KeyNotFoundException
            or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new RecordingException(
                $"'{path}' cannot be read ({e.GetType().Name}); expected the gzipped CSV that SOURCES.md describes");
        }
    }

    /// <summary>A number; null where the field is empty.</summary>
    public static double? Number(CsvReader csv, string column) =>
        csv.GetString(column) is { Length: > 0 } ? csv.Parse<double>(column) : null;

    /// <summary>A time without offset, as the recordings write it.</summary>
    public static DateTimeOffset Time(string text, TimeSpan offset) =>
        new(DateTime.ParseExact(text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), offset);
}
