using System.IO.Compression;
using System.Security.Cryptography;
using IotGateway.Tables;

namespace IotGateway.Learning.Data;

/// <summary>Tables that this assembly carries, so that training and serving read the same bytes wherever they run.</summary>
internal static class DataFiles
{
    /// <summary>The panel of states as known after the last revision.</summary>
    public const string Panel = "usda_colony_panel_2015_2025.csv";

    /// <summary>Each yearly report as it was printed.</summary>
    public const string Releases = "usda_nass_releases_2016_2022.csv";

    /// <summary>The weather of each state's quarters.</summary>
    public const string StateWeather = "us_state_quarter_weather_2015_2022.csv";

    /// <summary>New colonies with their mite washes.</summary>
    public const string Splits = "varroa_splits_auburn_2022.csv";

    /// <summary>Temperature and humidity in hives.</summary>
    public const string NestReadings = "urban_hive_temp_rh_2021.csv.gz";

    /// <summary>Visits to the same hives.</summary>
    public const string Visits = "urban_visits_2021.csv";

    /// <summary>The weather beside them.</summary>
    public const string Weather = "montreal_hourly_2021_06_2022_12.csv.gz";

    public static Table Read(string file)
    {
        using var bytes = Open(file);
        using var plain = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(bytes, CompressionMode.Decompress) : bytes;
        using var reader = new StreamReader(plain);
        return Table.Read(reader, file);
    }

    /// <summary>SHA-256 of tables, one behind the other, hexadecimal.</summary>
    public static string HashOf(params IEnumerable<string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            using var stream = Open(file);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static Stream Open(string file) => typeof(DataFiles).Assembly.GetManifestResourceStream(file)
        ?? throw new FileNotFoundException($"The assembly does not carry the table {file}.");
}
