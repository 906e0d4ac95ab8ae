using System.Collections.Concurrent;

namespace IotGateway.Edge;

/// <summary>Counts by name since the process started; names are lower-case words joined by <c>_</c>, with a dot after the room.</summary>
internal sealed class Counters
{
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public long this[string name] => _counts.GetValueOrDefault(name);

    public void Add(string name, long by = 1) => _counts.AddOrUpdate(name, by, (_, count) => count + by);

    public IReadOnlyDictionary<string, long> Snapshot() =>
        new SortedDictionary<string, long>(_counts.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
}
