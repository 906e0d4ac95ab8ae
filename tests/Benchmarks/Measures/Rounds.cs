using System.Diagnostics;

namespace IotGateway.Benchmarks.Measures;

/// <summary>Runs the candidates turn by turn, so that a machine that slows down slows all of them, and takes each one's median.
/// Each runs for a while first, uncounted: the compiler optimises what it has seen run.</summary>
internal static class Rounds
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1.5);

    /// <summary>The median figure of each candidate over <paramref name="rounds"/> interleaved rounds, in the order given.</summary>
    public static double[] Medians(int rounds, params Func<double>[] candidates)
    {
        foreach (var candidate in candidates)
        {
            var start = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(start) < WarmUp)
                candidate();
        }

        var figures = candidates.Select(_ => new List<double>(rounds)).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < candidates.Length; i++)
                figures[i].Add(candidates[i]());
        }

        return [.. figures.Select(Median)];
    }

    /// <summary>
    /// Operations a second that <paramref name="operation"/> reaches when it is repeated for <paramref name="duration"/>.
    /// </summary>
    public static double PerSecond(TimeSpan duration, Func<int> operation)
    {
        var done = 0L;
        var start = Stopwatch.GetTimestamp();
        TimeSpan elapsed;
        do
        {
            done += operation();
            elapsed = Stopwatch.GetElapsedTime(start);
        }
        while (elapsed < duration);

        return done / elapsed.TotalSeconds;
    }

    /// <summary>The same for a second of processor time, which other programs do not take away.</summary>
    public static double PerProcessorSecond(TimeSpan duration, Func<int> operation)
    {
        var done = 0L;
        var start = Environment.CpuUsage.TotalTime;
        TimeSpan used;
        do
        {
            done += operation();
            used = Environment.CpuUsage.TotalTime - start;
        }
        while (used < duration);

        return done / used.TotalSeconds;
    }

    /// <summary>The middle figure, or the mean of the two in the middle.</summary>
    public static double Median(List<double> figures)
    {
        figures.Sort();
        var middle = figures.Count / 2;
        return figures.Count % 2 == 1 ? figures[middle] : (figures[middle - 1] + figures[middle]) / 2;
    }
}
