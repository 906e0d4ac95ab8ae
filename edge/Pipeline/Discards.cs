using System.Collections.Concurrent;
using IotGateway.Hosting;

namespace IotGateway.Edge.Pipeline;

/// <summary>
/// Counts everything that does not go on and says so in the log: the first of each reason at once, then at most one line in ten
/// seconds with how many came between, so that a flood of bad frames cannot drown the log.
/// </summary>
internal sealed class Discards(Counters counters, TimeProvider time, ILogger<Discards> log)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, (long Logged, long Since)> _reasons = new(StringComparer.Ordinal);

    public void Count(string reason, string source, string explanation, long number = 1)
    {
        counters.Add($"discarded.{reason}", number);
        var now = time.GetTimestamp();
        var known = _reasons.TryGetValue(reason, out var entry);
        if (known && time.GetElapsedTime(entry.Logged, now) < Quiet)
        {
            _reasons[reason] = entry with { Since = entry.Since + number };
            return;
        }

        _reasons[reason] = (now, 0);
        log.Discarded(source, reason, explanation, entry.Since);
    }
}
