using System.Collections.Concurrent;

namespace IotGateway.Hosting;

/// <summary>Counts by name since the process started; names are lower-case words joined by <c>_</c>, with a dot after the room.</summary>
public sealed class Counters
{
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>The count under a name; 0 when nothing was counted.</summary>
    public long this[string name] => _counts.GetValueOrDefault(name);

    /// <summary>Counts.</summary>
    public void Add(string name, long by = 1) => _counts.AddOrUpdate(name, by, (_, count) => count + by);

    /// <summary>All counts now, in the names' order.</summary>
    public IReadOnlyDictionary<string, long> Snapshot() =>
        new SortedDictionary<string, long>(_counts.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
}
