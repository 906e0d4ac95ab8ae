using System.Diagnostics;
using System.Globalization;
using IotGateway.Benchmarks.Measures;
using IotGateway.Cloud.Observations.Lite;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Benchmarks.Cloud;

/// <summary>
/// A year of a hundred hives in the hot store: what a reading costs as it fills, and how fast a hive is served over HTTP.
/// </summary>
internal static class CloudQueries
{
    private const int Hives = 100;
    private const int ReadingsADay = Hives * HiveReadings.Metrics * 96;

    public static async Task RunAsync(string folder, bool quick, List<Ratio> ratios)
    {
        string[] configuration =
        [
            "--Apiary:Sites:0:Id", "bench", "--Apiary:Sites:0:Name", "Bench", "--Apiary:Sites:0:Latitude", "45",
            "--Apiary:Sites:0:Longitude", "-73", "--Apiary:Sites:0:TimeZone", "UTC", "--Apiary:Sites:0:Origin", "Synthetic",
            .. Enumerable.Range(0, Hives)
                .SelectMany(h => new[]
                {
                    $"--Apiary:Hives:{h}:Id", $"hive-{h}", $"--Apiary:Hives:{h}:Site", "bench", $"--Apiary:Hives:{h}:Device",
                    HiveReadings.Device(h).ToString(),
                }),
        ];
        await using var cloud = await CloudHost.StartAsync(folder, store: true, configuration);
        var store = cloud.Get<LiteObservations>();
        var source = new HiveReadings(Hives);
        var days = quick ? 100 : 365;
        var sequence = 0L;

        var early = Cost(store, source, ref sequence, untilDay: 10);
        while (source.Slots < (days - 10) * 96L)
            store.Store(
                [new Batch("gw", "s1", ++sequence, sequence, HiveReadings.TimeOf(source.Slots), "", [], source.Next(ReadingsADay))]);
        var late = Cost(store, source, ref sequence, untilDay: days);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{store.Count:N0} observations stored in "
                + $"{new DirectoryInfo(Path.Combine(folder, "hot")).EnumerateFiles().Sum(f => f.Length) / 1_000_000:N0} MB; "
                + $"{Environment.WorkingSet / 1_000_000} MB of memory"));
        ratios.Add(new(
            $"cost of a reading with {days * ReadingsADay / 1e6:0} million stored", late, "with the first million", early,
            "µs of processor", 1 / 1.3, LessIsBetter: true));

        var until = HiveReadings.TimeOf(source.Slots);
        ratios.Add(new(
            "30 days of a hive, 10 metrics, every value",
            await ServedAsync(cloud, hive => $"/api/hives/hive-{hive}/series?from={until.AddDays(-30):O}&to={until:O}"), "limit", 30, "ms",
            1, LessIsBetter: true));
        ratios.Add(new(
            "90 days of a hive, 10 metrics, by 6 hours",
            await ServedAsync(cloud, hive => $"/api/hives/hive-{hive}/series?from={until.AddDays(-90):O}&to={until:O}&hours=6"), "limit",
            60, "ms", 1, LessIsBetter: true));
    }

    /// <summary>
    /// Microseconds of processor time a reading, as the projection stores them: two and a half hours of all hives at a time.
    /// </summary>
    private static double Cost(LiteObservations store, HiveReadings source, ref long sequence, int untilDay)
    {
        const int group = Hives * HiveReadings.Metrics * 10;
        var costs = new List<double>();
        while (source.Slots < untilDay * 96L)
        {
            var readings = source.Next(group);
            var start = Environment.CpuUsage.TotalTime;
            store.Store([new Batch("gw", "s1", ++sequence, sequence, readings[^1].Time, "", [], readings)]);
            if (source.Slots >= untilDay * 96L)
                store.Flush(); // what is in memory alone is not paid for yet
            costs.Add((Environment.CpuUsage.TotalTime - start).TotalMicroseconds / group);
        }

        // The middle half of them: the first are slow until the code is compiled, and checkpoints fall on a few.
        return costs.Skip(costs.Count / 4).Average();
    }

    /// <summary>The median of many requests, each for another hive, milliseconds.</summary>
    private static async Task<double> ServedAsync(CloudHost cloud, Func<int, string> path)
    {
        using var http = new HttpClient { BaseAddress = cloud.Url };
        var times = new List<double>();
        for (var i = 0; i < 60; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var answer =
                await http.GetByteArrayAsync(new Uri(path(i * 37 % Hives).Replace("+", "%2B", StringComparison.Ordinal), UriKind.Relative));
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (answer.Length < 10_000)
                throw new InvalidOperationException($"{path(i)} has {answer.Length} bytes.");
        }

        return times.Order().ElementAt(times.Count / 2);
    }
}
