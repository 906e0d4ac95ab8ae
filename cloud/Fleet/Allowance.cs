namespace IotGateway.Cloud.Fleet;

/// <summary>So many requests a name at once, then one in a while: a token bucket for each name.</summary>
internal sealed class Allowance(int burst, TimeSpan each, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (double Left, long At)> _buckets = new(StringComparer.Ordinal);

    /// <summary>Takes one; false when none is left.</summary>
    public bool Take(string name)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            var (left, at) = _buckets.GetValueOrDefault(name, (burst, now));
            left = Math.Min(burst, left + (time.GetElapsedTime(at, now) / each));
            _buckets[name] = (left >= 1 ? left - 1 : left, now);
            return left >= 1;
        }
    }
}
