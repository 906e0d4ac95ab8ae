using IotGateway.Learning.Data;

namespace IotGateway.Learning.Hives.Nest;

/// <summary>Means of a hive's hours from <see cref="NestHours.First"/> on; NaN where nothing was measured.</summary>
/// <param name="Hive">The tag's number.</param>
/// <param name="Temperature">°C.</param>
/// <param name="Humidity">%.</param>
internal sealed record NestSeries(string Hive, double[] Temperature, double[] Humidity);

/// <summary>Hours of the seven hives of UrBAN 2021, and the temperature outside.</summary>
/// <param name="Hives">By tag.</param>
/// <param name="Outside">°C, the mean of an hour's beginning and end; NaN where either is missing.</param>
internal sealed record NestHours(IReadOnlyList<NestSeries> Hives, double[] Outside)
{
    /// <summary>Hours of a fortnight, by which rows are held out.</summary>
    public const int Fortnight = 14 * 24;

    private const int Count = 135 * 24;

    /// <summary>The weather's clock: local standard time is five hours behind UTC.</summary>
    private static readonly TimeSpan Standard = TimeSpan.FromHours(5);

    public static DateTime First { get; } = new(2021, 6, 19, 0, 0, 0, DateTimeKind.Utc);

    public static NestHours Read()
    {
        var sums = new SortedDictionary<string, (double[] Temperature, double[] Humidity, int[] Count)>(StringComparer.Ordinal);
        var seen = new HashSet<(string, DateTime)>();
        foreach (var row in DataFiles.Read(DataFiles.NestReadings).Rows)
        {
            var (hive, time) = (row.Text("hive"), row.Time("time_utc"));
            var hour = IndexOf(time);
            if (hour is < 0 or >= Count || !seen.Add((hive, time)))
                continue; // of two values of one second the first stays, as in the pipeline
            if (!sums.TryGetValue(hive, out var sum))
                sums.Add(hive, sum = (new double[Count], new double[Count], new int[Count]));
            sum.Temperature[hour] += row.Number("temp_c");
            sum.Humidity[hour] += row.Number("rh_pct");
            sum.Count[hour]++;
        }

        return new([.. sums.Select(s => new NestSeries(
            s.Key, Means(s.Value.Temperature, s.Value.Count), Means(s.Value.Humidity, s.Value.Count)))], ReadOutside());
    }

    /// <summary>The hour in which a time lies; below 0 before the first.</summary>
    public static int IndexOf(DateTime utc) => (int)Math.Floor((utc - First).TotalHours);

    private static double[] ReadOutside()
    {
        var instants = new double[Count + 1];
        Array.Fill(instants, double.NaN);
        foreach (var row in DataFiles.Read(DataFiles.Weather).Rows)
        {
            var hour = IndexOf(row.Time("time_lst") + Standard);
            if (hour is >= 0 and <= Count && row.Maybe("temp_c") is { } degrees)
                instants[hour] = degrees;
        }

        return [.. Enumerable.Range(0, Count).Select(h => (instants[h] + instants[h + 1]) / 2)];
    }

    private static double[] Means(double[] sums, int[] counts) => [.. sums.Select((s, i) => counts[i] > 0 ? s / counts[i] : double.NaN)];
}
