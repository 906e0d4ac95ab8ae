using System.Collections.Concurrent;

namespace IotGateway.Edge.Sources;

/// <summary>How a source is.</summary>
/// <param name="Name">The source's name.</param>
/// <param name="State">In a few words.</param>
/// <param name="Since">Since when.</param>
/// <param name="Received">Messages received since the start.</param>
/// <param name="LastReceived">When the newest came; null when none did.</param>
/// <param name="LastError">The newest failure and its time; null when there was none.</param>
internal sealed record SourceState(string Name, string State, DateTimeOffset Since, long Received, DateTimeOffset? LastReceived, string? LastError);

/// <summary>The state of every source, for the status page.</summary>
internal sealed class SourceStates(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, SourceState> _states = new(StringComparer.Ordinal);

    public IReadOnlyList<SourceState> All() => [.. _states.Values.OrderBy(s => s.Name, StringComparer.Ordinal)];

    public void Set(string name, string state, bool failed)
    {
        var now = time.GetUtcNow();
        _states.AddOrUpdate(
            name,
            _ => new SourceState(name, state, now, 0, null, failed ? $"{now:O} {state}" : null),
            (_, s) => s with { State = state, Since = s.State == state ? s.Since : now, LastError = failed ? $"{now:O} {state}" : s.LastError });
    }

    public void CountReceived(string name)
    {
        var now = time.GetUtcNow();
        _states.AddOrUpdate(
            name,
            _ => new SourceState(name, "connected", now, 1, now, null),
            (_, s) => s with { Received = s.Received + 1, LastReceived = now });
    }
}
