using System.Diagnostics;
using IotGateway.Benchmarks.Measures;
using IotGateway.Science.Fire.Ensemble;
using IotGateway.Science.Fire.Fuels;
using IotGateway.Science.Fire.Ground;
using IotGateway.Science.Fire.Spread;

namespace IotGateway.Benchmarks.Fire;

/// <summary>
/// Worth of two cores of this machine beside one, for work that shares nothing: the most that the ensemble can reach.
/// Two cores that share their clock, or are two halves of one, are worth less than two, and a busy machine makes them less still.
/// </summary>
internal static class FireCores
{
    private const double Bar = 1.7;

    /// <summary>Nothing but exp, with neither memory nor allocation.</summary>
    public static Ratio Exponentials() => TwoAgainstOne("the machine's own limit: exp calls alone, two threads", (part, parts) =>
    {
        var sum = 0.0;
        for (var i = part; i < 100_000_000; i += parts)
            sum += Math.Exp(i * -1e-8);
        return sum;
    });

    /// <summary>
    /// The ensemble's members, with nothing shared: each thread burns its part on a landscape of its own and counts nothing.
    /// </summary>
    public static Ratio Fires(GridFrame frame, HourOfWeather[] hours, EnsembleOptions options)
    {
        // All made beforehand: what is timed is burning.
        var runs = Enumerable.Range(0, 2).Select(_ =>
        {
            var landscape = Landscape.Uniform(frame, new Stand(FuelType.C2));
            return (Landscape: landscape, Run: new FireRun(landscape));
        }).ToArray();
        var alight = new[] { frame.Rows / 2 * frame.Columns + frame.Columns / 2 };
        return TwoAgainstOne($"the machine's own limit: {options.Members} members that share nothing, two threads", (part, parts) =>
        {
            var (landscape, run) = runs[part];
            var burnt = 0.0;
            for (var member = part; member < options.Members; member += parts)
            {
                run.Burn(
                    alight, new WaveletTable(landscape, hours, options.Uncertainty.Draw(options.Seed, member)), CancellationToken.None);
                burnt += run.Burnt.Length;
            }

            return burnt;
        });
    }

    private static Ratio TwoAgainstOne(string what, Func<int, int, double> work)
    {
        var sink = 0.0;
        var figures = Rounds.Medians(3, () => Seconds(2), () => Seconds(1));
        GC.KeepAlive(sink);
        return new Ratio(what, figures[0], "one thread", figures[1], "s", Bar, LessIsBetter: true);

        double Seconds(int threads)
        {
            var start = Stopwatch.GetTimestamp();
            var other = new Thread(() => Interlocked.Exchange(ref sink, work(1, 2)));
            if (threads == 2)
                other.Start();
            var mine = work(0, threads);
            if (threads == 2)
                other.Join();
            sink += mine;
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
    }
}
