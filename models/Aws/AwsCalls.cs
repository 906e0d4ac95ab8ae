namespace IotGateway.Aws;

/// <summary>
/// Calls of one service: repeated with growing waits of full jitter while that may help, then or otherwise told as
/// <see cref="AwsException"/>.
/// </summary>
/// <param name="target">The service and what it holds, for messages.</param>
/// <param name="time">Its clock.</param>
/// <param name="attempts">How often a call is made at most.</param>
public sealed class AwsCalls(string target, TimeProvider time, int attempts = 7)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private long _throttled;

    /// <summary>The number of times the service said that it was too much.</summary>
    public long Throttled => Interlocked.Read(ref _throttled);

    /// <summary>Told of each answer: true when the service took the call, false when it throttled.</summary>
    public Action<bool>? Answered { get; init; }

    /// <summary>Random numbers from 0 to 1, for the waits.</summary>
    public Func<double> Jitter { get; init; } = Random.Shared.NextDouble;

    /// <summary>The wait before the next attempt: anything from nothing to 100 ms, doubled with each attempt up to 10 s.</summary>
    /// <param name="attempt">The attempts made before, from 0.</param>
    /// <param name="random">From 0 to 1.</param>
    /// <returns>The wait.</returns>
    public static TimeSpan Wait(int attempt, double random) =>
        Math.Min(Longest.TotalMilliseconds, First.TotalMilliseconds * Math.Pow(2, attempt)) * random * TimeSpan.FromMilliseconds(1);

    /// <summary>Makes a call.</summary>
    /// <typeparam name="T">The answer's type.</typeparam>
    /// <param name="what">The call, for messages.</param>
    /// <param name="call">Makes it once.</param>
    /// <param name="cancellation">Ends the attempts.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="AwsException">The service refuses, or did not take it in all attempts.</exception>
    public async Task<T> DoAsync<T>(string what, Func<CancellationToken, Task<T>> call, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(call);
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var result = await call(cancellation);
                Answered?.Invoke(true);
                return result;
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested && AwsFault.Of(e) is { } fault)
            {
                if (fault.Kind == AwsFaultKind.Throttled)
                {
                    Interlocked.Increment(ref _throttled);
                    Answered?.Invoke(false);
                }

                if (fault.Kind is not (AwsFaultKind.Unavailable or AwsFaultKind.Throttled) || attempt + 1 >= attempts)
                    throw new AwsException(fault, $"{target}, {what}", e);
            }

            await Task.Delay(Wait(attempt, Jitter()), time, cancellation);
        }
    }
}
