using IotGateway.Science.Fire.Ground;
using IotGateway.Science.Fire.Spread;

namespace IotGateway.Science.Fire.Ensemble;

/// <summary>
/// Many fires, each under weather and fuel that differ from the forecast by what the forecast may be wrong by.
/// One line on a map claims what no model knows; a probability can be checked.
/// </summary>
public static class FireEnsemble
{
    /// <summary>Burns all members and counts where and when they burnt. The result depends on the seed, not on the threads.</summary>
    /// <param name="landscape">Fuel and terrain.</param>
    /// <param name="alight">Cells that burn at the start.</param>
    /// <param name="hours">Weather of each hour from the start.</param>
    /// <param name="options">Members, seed, threads and uncertainty.</param>
    /// <param name="progress">Told the number of members done, from any thread.</param>
    /// <param name="cancellation">Gives the ensemble up.</param>
    /// <exception cref="InputException">A value is outside its range, or no cell that is alight can burn.</exception>
    public static BurnProbability Burn(
        Landscape landscape, IReadOnlyList<int> alight, IReadOnlyList<HourOfWeather> hours,
        EnsembleOptions options, Action<int>? progress = null, CancellationToken cancellation = default)
    {
        options.Validate();
        FireSpread.Require(landscape, alight, hours);
        var probability = new BurnProbability(landscape.Frame, options.Members, hours.Count * 60.0);
        var (next, done) = (-1, 0);
        // Each worker keeps one run's arrays and fetches member after member, so that none waits long for the last.
        Parallel.For(
            0,
            Math.Min(options.Threads, options.Members),
            new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation },
            _ =>
            {
                FireRun? run = null;
                for (var member = Interlocked.Increment(ref next); member < options.Members; member = Interlocked.Increment(ref next))
                {
                    cancellation.ThrowIfCancellationRequested();
                    run ??= new FireRun(landscape);
                    run.Burn(alight, new WaveletTable(landscape, hours, options.Uncertainty.Draw(options.Seed, member)), cancellation);
                    probability.Add(run.Burnt, run.Arrival);
                    progress?.Invoke(Interlocked.Increment(ref done));
                }
            });
        return probability;
    }
}
