using System.Text;
using System.Text.Json;
using DuckDB.NET.Data;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;

namespace IotGateway.EndToEnd.Tests;

/// <summary>The lake's contents, read by others than the cloud: raw objects by their frames, the curated files by DuckDB.</summary>
internal static class LakeReadings
{
    /// <summary>Distinct readings by device and metric in the raw objects.</summary>
    public static Dictionary<(string Device, string Metric), int> Raw(string lake)
    {
        var found = new HashSet<(string, string, DateTimeOffset)>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(lake, "raw"), "*.raw", SearchOption.AllDirectories))
        {
            var rest = File.ReadAllBytes(file).AsMemory();
            while (!rest.IsEmpty)
            {
                var line = rest.Span.IndexOf((byte)'\n');
                var length = JsonDocument.Parse(rest[9..line]).RootElement.GetProperty("bytes").GetInt32();
                foreach (var reading in Batch.Decode(rest.Slice(line + 1, length)).Readings)
                    found.Add((reading.Device.ToString(), reading.Metric, reading.Time));
                rest = rest[(line + 1 + length + 1)..];
            }
        }

        return found.GroupBy(r => (r.Item1, r.Item2)).ToDictionary(g => g.Key, g => g.Count());
    }

    /// <summary>Rows by device and metric in the files that each partition's newest manifest names.</summary>
    public static Dictionary<(string Device, string Metric), int> Curated(string lake)
    {
        var files = new StringBuilder();
        foreach (var partition in Directory.EnumerateFiles(
            Path.Combine(lake, "curated", "_manifest"), "*.json", SearchOption.AllDirectories).GroupBy(f => Path.GetDirectoryName(f)))
        {
            using var manifest = JsonDocument.Parse(File.ReadAllText(partition.Order(StringComparer.Ordinal).Last()));
            foreach (var file in manifest.RootElement.GetProperty("files").EnumerateArray())
                files
                    .Append(files.Length == 0 ? "" : ",")
                    .Append('\'')
                    .Append(Path.Combine(lake, file.GetProperty("key").GetString()!))
                    .Append('\'');
        }

        using var duck = new DuckDBConnection("Data Source=:memory:");
        duck.Open();
        using var query = duck.CreateCommand();
        query.CommandText = $"select device, metric, count(*) from read_parquet([{files}], union_by_name = true) group by device, metric";
        using var rows = query.ExecuteReader();
        var totals = new Dictionary<(string, string), int>();
        while (rows.Read())
            totals.Add((rows.GetString(0), rows.GetString(1)), (int)rows.GetInt64(2));
        return totals;
    }
}
