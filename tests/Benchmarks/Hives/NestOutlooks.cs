using System.Globalization;
using IotGateway.Benchmarks.Measures;
using IotGateway.Cloud.Observations.Lite;
using IotGateway.Science.Hive.Temperature;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Benchmarks.Hives;

/// <summary>
/// Features and forecasts of hives' nests over 90 days, one of each hour, against reading the same series from the hot store; and the
/// memory of ten times as many hives.
/// </summary>
internal static class NestOutlooks
{
    private const int Days = 90;
    private const int Quarters = Days * 96;
    private const string Metric = "hive_temperature";

    private static readonly DateTimeOffset Start = new(2025, 5, 1, 0, 0, 0, TimeSpan.Zero);

    public static IReadOnlyList<Ratio> Run(bool quick)
    {
        var folder = Directory.CreateTempSubdirectory("bench-nests-");
        try
        {
            using var store = new LiteObservations(Path.Combine(folder.FullName, "hot.db"));
            var hives = quick ? 10 : 50;
            for (var hive = 0; hive < hives; hive++)
                Fill(store, hive);
            store.Flush();
            var sink = 0.0;
            var figures = Rounds.Medians(
                quick ? 3 : 7, () => Milliseconds(hives, hive => sink += Read(store, hive).Length),
                () => Milliseconds(hives, hive => sink += Outlooks(Read(store, hive))));
            GC.KeepAlive(sink);
            var (few, many) = (Memory(1_000), Memory(quick ? 2_000 : 10_000));
            return
            [
                new Ratio(
                    "a hive's 90 days: read, features, forecasts of each hour", figures[1], "reading them alone", figures[0],
                    "ms of processor", 1 / 3.0, LessIsBetter: true),
                new Ratio(
                    string.Create(CultureInfo.InvariantCulture, $"memory held after {(quick ? 2_000 : 10_000):N0} hives"), many,
                    "after 1,000", few, "MB", 1 / 1.1, LessIsBetter: true),
            ];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Of processor time, a hive; each several times, as that time is counted coarsely.</summary>
    private static double Milliseconds(int hives, Action<int> act)
    {
        const int Times = 5;
        var start = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < Times * hives; i++)
            act(i % hives);
        return (Environment.CpuUsage.TotalTime - start).TotalMilliseconds / (Times * hives);
    }

    private static void Fill(LiteObservations store, int hive)
    {
        var device = Device(hive);
        foreach (var day in Enumerable.Range(0, Quarters).Chunk(960))
        {
            Reading[] readings =
            [
                .. day.Select(q => (Quarter: q, Time: Start.AddMinutes(15 * q))).Select(r => new Reading(
                    device, Metric, r.Time, Celsius(hive, r.Quarter), "Cel", Quality.Good, r.Time.AddSeconds(2))),
            ];
            var sequence = (hive * 100L) + (day[0] / 960) + 1;
            store.Store([new Batch("gw", "s1", sequence, sequence, readings[^1].Time, "", [], readings)]);
        }
    }

    /// <summary>Means of hours, as the forecasts are made from.</summary>
    private static double[] Read(LiteObservations store, int hive)
    {
        var hours = new double[Days * 24];
        Array.Fill(hours, double.NaN);
        var hour = TimeSpan.FromHours(1);
        foreach (var bucket in store.Buckets(Device(hive), Metric, Start, Start.AddDays(Days), hour))
            hours[(int)((bucket.From - Start) / hour)] = bucket.Mean;
        return hours;
    }

    private static double Outlooks(double[] hours)
    {
        var sum = 0.0;
        foreach (var horizon in NestTemperature.Ahead(hours, hours.Length).Values)
        {
            foreach (var outlook in horizon)
                sum += outlook?.Value ?? 0;
        }

        return sum;
    }

    /// <summary>Megabytes held once so many hives were forecast one after the other.</summary>
    private static double Memory(int hives)
    {
        var sum = 0.0;
        var hours = new double[21 * 24];
        for (var hive = 0; hive < hives; hive++)
        {
            for (var i = 0; i < hours.Length; i++)
                hours[i] = Celsius(hive, 4 * i);
            sum += Outlooks(hours);
        }

        GC.KeepAlive(sum);
        return GC.GetTotalMemory(forceFullCollection: true) / 1e6;
    }

    private static DeviceId Device(int hive) => DeviceId.Parse(string.Create(CultureInfo.InvariantCulture, $"0004a30b{hive:D8}"));

    private static double Celsius(int hive, int quarter) => Math.Round(
        34.5 + (0.3 * Math.Sin(quarter / 96.0 * 2 * Math.PI)) + (0.2 * Math.Sin(((quarter * 7919) + (hive * 104729)) % 1000)), 2);
}
