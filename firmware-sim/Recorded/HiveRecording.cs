using IotGateway.FirmwareSim.Nodes;

namespace IotGateway.FirmwareSim.Recorded;

/// <summary>Temperature and humidity inside the seven hives, as UrBAN recorded them.</summary>
internal sealed class HiveRecording
{
    public const string FileName = "urban_hive_temp_rh_2021.csv.gz";

    private readonly List<Row> _rows;

    private HiveRecording(List<Row> rows) => _rows = rows;

    /// <summary>Tag numbers, ascending.</summary>
    public IReadOnlyList<int> Hives => [.. _rows.Select(r => r.Hive).Distinct().Order()];

    /// <summary>The first and the last second of the whole recording.</summary>
    public (DateTimeOffset First, DateTimeOffset Last) Span => (_rows.Min(r => r.Time), _rows.Max(r => r.Time));

    /// <exception cref="RecordingException">The file is missing or not in its form.</exception>
    public static HiveRecording Read(string folder)
    {
        var rows = CsvFile.Read(folder, FileName, csv => new Row(
            CsvFile.Time(csv.GetString("time_utc"), TimeSpan.Zero),
            csv.Parse<int>("hive"),
            csv.Parse<double>("temp_c"),
            csv.Parse<double>("rh_pct")));
        return rows.Count > 0 ? new HiveRecording(rows) : throw new RecordingException($"{FileName} has no rows; expected at least one");
    }

    /// <summary>One hive as a node's source, in the file's order, which is that of time; rows that share a second stay both.</summary>
    public NodeSource Source(int hive, DateTimeOffset from, DateTimeOffset until)
    {
        Measurement[] measurements =
        [
            .. _rows.Where(r => r.Hive == hive && r.Time >= from && r.Time < until).OrderBy(r => r.Time).Select(r => new Measurement(
                r.Time,
                new Dictionary<string, double?>(StringComparer.Ordinal)
                {
                    ["hive_temperature"] = r.TemperatureCelsius,
                    ["hive_humidity"] = r.HumidityPercent,
                })),
        ];
        return new NodeSource(NodeIdentity.Recorded(hive), measurements.Length, measurements);
    }

    private readonly record struct Row(DateTimeOffset Time, int Hive, double TemperatureCelsius, double HumidityPercent);
}
