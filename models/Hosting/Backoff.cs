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
        var ceiling = Math.Min(Longest.TotalSeconds, First.TotalSeconds * Math.Pow(2, Math.Min(_failures, 30)));
        _failures++;
        return TimeSpan.FromSeconds(ceiling * random());
    }

    /// <summary>Starts anew, after a success.</summary>
    public void Reset() => _failures = 0;
}
