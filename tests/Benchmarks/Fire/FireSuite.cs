using System.Diagnostics;
using IotGateway.Benchmarks.Measures;
using IotGateway.Science.Earth;
using IotGateway.Science.Fire.Behaviour;
using IotGateway.Science.Fire.Danger;
using IotGateway.Science.Fire.Danger.Moisture;
using IotGateway.Science.Fire.Ensemble;
using IotGateway.Science.Fire.Fuels;
using IotGateway.Science.Fire.Ground;
using IotGateway.Science.Fire.Spread;

namespace IotGateway.Benchmarks.Fire;

/// <summary>Fire science against the cost of its own elementary functions, against one core, and against its own small grid.</summary>
internal static class FireSuite
{
    public static IReadOnlyList<Ratio> Run(bool quick)
    {
        var rounds = quick ? 5 : 15;
        var slice = TimeSpan.FromMilliseconds(quick ? 60 : 200);
        return [.. Danger(rounds, slice), .. Behaviour(rounds, slice), .. Ensemble(quick), .. CostPerCell(quick)];
    }

    private static IEnumerable<Ratio> Danger(int rounds, TimeSpan slice)
    {
        var noons = FireFormulas.Season(2000);
        var calls = new FireCalls();
        var codes = FwiCodes.SeasonStart;
        foreach (var noon in noons)
        {
            var day = FwiSystem.Next(codes, noon, FireFormulas.Latitude, 7);
            FireFormulas.Count(calls, codes, noon, day);
            codes = day.Codes;
        }

        calls.Freeze();
        Console.Error.WriteLine($"FWI day: {(double)calls.Count / noons.Length:0.0} calls ({calls.Kinds} in {noons.Length} days)");
        return Compare("FWI daily chain", "station-days/s", noons.Length, () => FireFormulas.Chain(noons), calls, rounds, slice);
    }

    private static IEnumerable<Ratio> Behaviour(int rounds, TimeSpan slice)
    {
        var fires = FireFormulas.Fires(2000);
        var (calls, chain) = (new FireCalls(), new FireCalls());
        foreach (var (weather, terrain) in fires)
            FireFormulas.Count(calls, chain, weather, terrain);
        calls.Freeze();
        chain.Freeze();
        Console.Error.WriteLine(
            $"FBP prediction: {(double)calls.Count / fires.Length:0.0} calls ({calls.Kinds} in {fires.Length} predictions)");
        var weathers = Array.ConvertAll(fires, f => f.Weather);
        var terrains = Array.ConvertAll(fires, f => f.Terrain);
        var heads = new FireBehaviour[fires.Length];
        var sink = 0.0;
        var waiting = Rounds.Medians(
            rounds, () => Rounds.PerProcessorSecond(slice, () => { sink += chain.RunWaiting(); return fires.Length; }))[0];
        GC.KeepAlive(sink);
        Console.Error.WriteLine(
            $"FBP prediction: {1e9 / waiting:0} ns if the {(double)chain.Count / fires.Length:0.0} calls that wait for one another are "
                + $"all there is");
        return
        [
            .. Compare(
                "FBP primary outputs, one by one", "predictions/s", fires.Length, () => FireFormulas.Predict(fires), calls, rounds, slice),
            .. Compare(
                "FBP primary outputs, many at once", "predictions/s", fires.Length,
                () => FireFormulas.PredictMany(weathers, terrains, heads), calls, rounds, slice),
        ];
    }

    private static IEnumerable<Ratio> Compare(
        string what, string unit, int count, Func<double> ours, FireCalls calls, int rounds, TimeSpan slice)
    {
        var sink = 0.0;
        for (var warm = 0; warm < 300; warm++)
            sink += ours() + calls.Run();
        var before = GC.GetAllocatedBytesForCurrentThread();
        sink += ours();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        var figures = Rounds.Medians(
            rounds,
            () => Rounds.PerProcessorSecond(slice, () => { sink += ours(); return count; }),
            () => Rounds.PerProcessorSecond(slice, () => { sink += calls.Run(); return count; }));
        GC.KeepAlive(sink);
        yield return new Ratio(what, figures[0], "its exp, log, pow calls alone", figures[1], unit, 0.5);
        yield return new Ratio(what + ", allocation", allocated + 1, "none", 1, "bytes + 1", 1, LessIsBetter: true);
    }

    /// <summary>24 hours on 1,000 × 1,000 cells with 100 members (20 with --quick), on one thread and on two, turn by turn.</summary>
    private static IEnumerable<Ratio> Ensemble(bool quick)
    {
        var frame = Frame(1000);
        var landscape = Landscape.Uniform(frame, new Stand(FuelType.C2));
        var hours = Day();
        var options = new EnsembleOptions { Members = quick ? 20 : 100 };
        var burnt = 0.0;
        var work = new Dictionary<int, (double Processor, double Elapsed)>();
        double Seconds(int threads)
        {
            var start = Stopwatch.GetTimestamp();
            var before = Environment.CpuUsage.TotalTime;
            var burns = FireEnsemble.Burn(landscape, [Middle(frame)], hours, options with { Threads = threads });
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            var sum = work.GetValueOrDefault(threads);
            work[threads] = (sum.Processor + (Environment.CpuUsage.TotalTime - before).TotalSeconds, sum.Elapsed + seconds);
            burnt = Enumerable.Range(0, frame.Cells).Sum(c => burns.ByMinute(c)) * options.Members;
            return seconds;
        }

        Seconds(2);
        work.Clear();
        var pauses = GC.GetTotalPauseDuration();
        var figures = Rounds.Medians(3, () => Seconds(2), () => Seconds(1));
        foreach (var (threads, (processor, elapsed)) in work.OrderBy(w => w.Key))
            Console.Error.WriteLine(
                $"ensemble on {threads} threads: {processor:0.0} s of processor time in {elapsed:0.0} s, so {processor / elapsed:0.00} "
                    + $"cores were given");
        Console.Error.WriteLine($"ensemble: {(GC.GetTotalPauseDuration() - pauses).TotalSeconds:0.00} s of pauses for garbage in all runs");
        Console.Error.WriteLine(
            $"ensemble: {burnt:N0} cells burnt in all members, {figures[1] / burnt * 1e9:0} ns a burnt cell on one core");
        yield return new Ratio(
            $"24 h, 1000², {options.Members} members, two cores", figures[0], "one core", figures[1], "s", 1.7, LessIsBetter: true);
        yield return FireCores.Exponentials();
        yield return FireCores.Fires(frame, hours, options);
        using var process = Process.GetCurrentProcess();
        yield return new Ratio("its memory at the highest", process.PeakWorkingSet64 / 1e6, "1 GB", 1000, "MB", 1, LessIsBetter: true);
    }

    /// <summary>
    /// 24 hours on 2,000 × 2,000 cells of 30 m against fires that take a like share of 250 × 250 cells: in steady weather; on
    /// the same land in the same 24 hours, so with larger cells; in the same cells, so in the first three hours, which see two
    /// changes; and with cells between, so that as many points of the front meet a change for each cell that burns.
    /// </summary>
    private static IEnumerable<Ratio> CostPerCell(bool quick)
    {
        var steady = Rounds.Medians(quick ? 3 : 7, Grid(250, 30, 3, hourly: false), Grid(2000, 30, 24, hourly: false));
        var hourly = Rounds.Medians(
            quick ? 3 : 7, Grid(250, 240, 24, hourly: true), Grid(250, 30, 3, hourly: true), Grid(250, 40, 5, hourly: true),
            Grid(2000, 30, 24, hourly: true));
        yield return Row("steady weather", "250²", steady[1], steady[0]);
        yield return Row("24 h changing every hour", "250², the same land", hourly[3], hourly[0]);
        yield return Row("24 h changing every hour", "250², the same cells for 3 h", hourly[3], hourly[1]);
        yield return Row("24 h changing every hour", "250², as many changes a cell", hourly[3], hourly[2]);

        static Ratio Row(string weather, string small, double large, double figure) =>
            new($"cost a burnt cell, 2000², {weather}", large, small, figure, "ns", 1 / 1.2, LessIsBetter: true);
    }

    private static Func<double> Grid(int side, double cellMetres, int hourCount, bool hourly)
    {
        var frame = Frame(side, cellMetres);
        var landscape = Landscape.Uniform(frame, new Stand(FuelType.C2));
        HourOfWeather[] hours =
        [
            .. Enumerable.Range(0, hourCount).Select(h =>
                new HourOfWeather(new BehaviourWeather(90, 60, 18 + (hourly ? h % 2 : 0), 250 + (hourly ? 5 * (h % 3) : 0)), 97)),
        ];
        var repeats = Math.Max(1, 2_000_000 / frame.Cells);
        var run = new FireRun(landscape);
        return () =>
        {
            var start = Environment.CpuUsage.TotalTime;
            var cells = 0L;
            for (var i = 0; i < repeats; i++)
            {
                run.Burn([Middle(frame)], new WaveletTable(landscape, hours, Disturbance.None), CancellationToken.None);
                cells += run.Burnt.Length;
            }

            return (Environment.CpuUsage.TotalTime - start).TotalNanoseconds / cells;
        };
    }

    private static GridFrame Frame(int side, double cellMetres = 30) => new(
        side, side, cellMetres, -side * cellMetres / 2, side * cellMetres / 2, new LocalProjection(new GeoPoint(50, -115)));

    private static int Middle(GridFrame frame) => frame.Rows / 2 * frame.Columns + frame.Columns / 2;

    /// <summary>A day whose wind rises, turns and falls: every hour differs.</summary>
    private static HourOfWeather[] Day() =>
    [
        .. Enumerable.Range(0, 24).Select(h =>
        {
            var sun = Math.Sin(Math.PI * ((h + 6) % 24) / 24);
            return new HourOfWeather(new BehaviourWeather(80 + 10 * sun, 60, 6 + 12 * sun, (250 + 3 * h) % 360), 97);
        }),
    ];
}
