using System.Diagnostics;
using IotGateway.Benchmarks.Measures;
using IotGateway.Science.Hive.Colony;
using IotGateway.Science.Hive.Colony.Drawing;
using IotGateway.Science.Hive.Colony.Filter;
using IotGateway.Science.Hive.Colony.Model;
using IotGateway.Science.Hive.Colony.Sensing;
using IotGateway.Science.Hive.Colony.Simulated;
using IotGateway.Science.Hive.Colony.Weather;

namespace IotGateway.Benchmarks.Hives;

/// <summary>The colony filter against the bare model's steps of as many colonies, and many hives against a minute.</summary>
internal static class ColonyFilters
{
    private const int Particles = 500;
    private const int Days = 100;
    private const double WarmthCelsius = 11;

    private static readonly SensorKind[] Ten =
    [
        SensorKind.NestThermometer, SensorKind.NestThermometer, SensorKind.NestThermometer, SensorKind.Scale, SensorKind.BeeCounter,
        SensorKind.BeeCounter, SensorKind.NightCarbonDioxide, SensorKind.NightCarbonDioxide, SensorKind.NightSound, SensorKind.NightSound,
    ];

    public static IReadOnlyList<Ratio> Run(bool quick)
    {
        var (days, readings) = Season();
        var sink = 0.0;
        var figures = Rounds.Medians(
            quick ? 3 : 9, () => ProcessorNanoseconds(() => sink += Filter(days, readings)),
            () => ProcessorNanoseconds(() => sink += Bare(days)));
        GC.KeepAlive(sink);
        return
        [
            new("a hive-day, ten sensors, 500 particles", figures[0], "500 of the model's steps", figures[1], "ns", 1 / 1.5,
                LessIsBetter: true),
            new("its allocation", Allocated(days, readings) + 1, "none", 1, "bytes + 1", 1, LessIsBetter: true),
            new("10,000 hive-days on two threads", ManySeconds(days, readings, quick), "a minute", 60, "s", 1, LessIsBetter: true),
        ];
    }

    private static double ProcessorNanoseconds(Action pass)
    {
        var start = Environment.CpuUsage.TotalTime;
        pass();
        return (Environment.CpuUsage.TotalTime - start).TotalNanoseconds / Days;
    }

    private static double Filter(ColonyDay[] days, double[][] readings)
    {
        var filter = new ColonyFilter(Ten, WarmthCelsius, 1, Particles);
        for (var day = 0; day < Days; day++)
            filter.Pass(days[day], readings[day]);
        return filter.Range(ColonyQuantity.Bees).Median;
    }

    private static double Bare(ColonyDay[] days)
    {
        var noise = new Noise(1);
        var turnover = default(Turnover);
        var colonies = new ColonyState[Particles];
        for (var i = 0; i < colonies.Length; i++)
            colonies[i] = SpringStart.Draw(ref noise, WarmthCelsius);
        for (var day = 0; day < Days; day++)
        {
            for (var i = 0; i < colonies.Length; i++)
                ColonyDynamics.Step(ref colonies[i], days[day], Chances.Draw(ref noise, WeighedGain.None), ref turnover);
        }

        return turnover.Emerged;
    }

    private static long Allocated(ColonyDay[] days, double[][] readings)
    {
        var filter = new ColonyFilter(Ten, WarmthCelsius, 1, Particles);
        filter.Pass(days[0], readings[0]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var day = 1; day < Days; day++)
            filter.Pass(days[day], readings[day]);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static double ManySeconds(ColonyDay[] days, double[][] readings, bool quick)
    {
        var hives = (quick ? 1_000 : 10_000) / Days;
        var start = Stopwatch.GetTimestamp();
        Parallel.For(0, hives, new ParallelOptions { MaxDegreeOfParallelism = 2 }, _ => Filter(days, readings));
        return Stopwatch.GetElapsedTime(start).TotalSeconds * (quick ? 10 : 1);
    }

    private static (ColonyDay[] Days, double[][] Readings) Season()
    {
        var days = SeasonDays.Draw(Climate.Montreal, 1);
        var colony = new SimulatedColony(Ten, WarmthCelsius, 2);
        return (days, [.. days.Take(Days).Select(d =>
        {
            var readings = new double[Ten.Length];
            colony.Pass(d);
            colony.Measure(d.Weather, readings);
            return readings;
        })]);
    }
}
