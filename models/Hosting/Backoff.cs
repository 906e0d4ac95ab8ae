namespace IotGateway.Hosting;

/// <summary>
/// The wait before the next try, by "full jitter", a random time between zero and a ceiling that doubles from one second to five
/// minutes, so that a thousand gateways do not come back at once. Starts anew after a success.
/// </summary>
/// <param name="random">A number from 0 (included) to 1 (excluded).</param>
public sealed class Backoff(Func<double> random)
{
    /// <summary>The first ceiling.</summary>
    public static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    /// <summary>The last ceiling.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private int _failures;

    /// <summary>The wait after one more failure.</summary>
    public TimeSpan Next()
    {
        var wait = Wait(_failures, random(), First, Longest);
        _failures++;
        return wait;
    }

    /// <summary>The rule itself: a random part of a ceiling that doubles with each failure.</summary>
    /// <param name="failures">Failures before this one, 0 or more.</param>
    /// <param name="random">A number from 0 (included) to 1 (excluded).</param>
    /// <param name="first">The first ceiling.</param>
    /// <param name="longest">The last.</param>
    public static TimeSpan Wait(int failures, double random, TimeSpan first, TimeSpan longest) =>
        Math.Min(longest.TotalSeconds, first.TotalSeconds * Math.Pow(2, Math.Min(failures, 30))) * random * TimeSpan.FromSeconds(1);

    /// <summary>Starts anew, after a success.</summary>
    public void Reset() => _failures = 0;
}
