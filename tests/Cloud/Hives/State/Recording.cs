using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using IotGateway.Cloud.Hives.State;
using IotGateway.Cloud.Hives.State.Rule;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Weather.Hours;
using IotGateway.Cloud.Weather.Providers.Recorded;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Tests.Hives.State;

/// <summary>The recorded season of seven real hives with the weather of the place (firmware-sim/recordings).</summary>
internal sealed class Recording
{
    private static readonly Lazy<Recording> Once = new(() => new Recording());

    private Recording()
    {
        Weather = RecordedWeather.Read("montreal", new RecordedWeatherOptions
        {
            File = File_("montreal_hourly_2021_06_2022_12.csv.gz"),
            UtcOffsetHours = -5,
            Attribution = "UrBAN",
        });
        Hives = Read();
    }

    public static Recording Season => Once.Value;

    public WeatherSeries Weather { get; }

    public IReadOnlyDictionary<string, HiveRecord> Hives { get; }

    /// <summary>The inspections that were written, each known when the hive was closed; local times of Montreal.</summary>
    public ILookup<string, VisitHours> Visits { get; } = File.ReadLines(File_("urban_inspections_2021.csv"))
        .Skip(1)
        .Select(line => line.Split(','))
        .Select(f => (Hive: f[1], Opened: Local(f[0], f[9], "08:00:00"), Closed: Local(f[0], f[10], "20:00:00")))
        .ToLookup(v => v.Hive, v => new VisitHours(v.Opened, v.Closed, v.Closed));

    /// <summary>The inspections of these hives as a table of visits.</summary>
    public static string VisitsTable { get; } = File_("urban_visits_2021.csv");

    public static string File_(string name, [CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../../firmware-sim/recordings", name));

    private static DateTimeOffset Local(string date, string time, string unknown) => new(
        DateTime.Parse($"{date}T{(time.Length == 0 ? unknown : time)}", CultureInfo.InvariantCulture), TimeSpan.FromHours(-4));

    private SortedDictionary<string, HiveRecord> Read()
    {
        using var file = new GZipStream(File.OpenRead(File_("urban_hive_temp_rh_2021.csv.gz")), CompressionMode.Decompress);
        using var text = new StreamReader(file);
        text.ReadLine();
        var rows = new Dictionary<string, (SortedList<DateTimeOffset, double> T, SortedList<DateTimeOffset, double> H)>();
        while (text.ReadLine() is { } line)
        {
            var fields = line.Split(',');
            var time = DateTimeOffset.Parse(fields[0], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            if (!rows.TryGetValue(fields[1], out var hive))
                rows[fields[1]] = hive = ([], []);
            if (fields[2].Length > 0)
                hive.T.TryAdd(time, double.Parse(fields[2], CultureInfo.InvariantCulture));
            if (fields[3].Length > 0)
                hive.H.TryAdd(time, double.Parse(fields[3], CultureInfo.InvariantCulture));
        }

        return new(rows.ToDictionary(r => r.Key, r => new HiveRecord(Observations(r.Value.T), Observations(r.Value.H), Weather)));
    }

    private static Observation[] Observations(SortedList<DateTimeOffset, double> values) =>
        [.. values.Select(v => new Observation(v.Key, v.Value, Quality.Good))];
}
