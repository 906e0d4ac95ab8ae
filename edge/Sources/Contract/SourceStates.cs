using System.Collections.Concurrent;
using System.Text.Json.Serialization;

namespace IotGateway.Edge.Sources.Contract;

/// <summary>Condition of a source's connection.</summary>
internal enum SourceCondition
{
    /// <summary>On the way to its first message, or to the next try.</summary>
    [JsonStringEnumMemberName("connecting")]
    Connecting,

    /// <summary>Listening.</summary>
    [JsonStringEnumMemberName("connected")]
    Connected,

    /// <summary>Without a connection, for the reason that stands beside it.</summary>
    [JsonStringEnumMemberName("disconnected")]
    Disconnected,
}

/// <summary>State of one source.</summary>
/// <param name="Name">The source's name.</param>
/// <param name="State">Its connection's condition.</param>
/// <param name="Detail">Why it is so; empty where there is nothing to say.</param>
/// <param name="Since">Since when it is so.</param>
/// <param name="Received">Messages received since the start.</param>
/// <param name="LastReceived">When the newest came; null when none did.</param>
/// <param name="LastError">The newest failure and its time; null when there was none.</param>
internal sealed record SourceState(
    string Name, SourceCondition State, string Detail, DateTimeOffset Since, long Received, DateTimeOffset? LastReceived, string? LastError)
{
    /// <summary>Condition and detail in a few words.</summary>
    [JsonIgnore]
    public string Text => $"{State.ToString().ToLowerInvariant()}{(Detail.Length > 0 ? ": " : "")}{Detail}";
}

/// <summary>The state of every source, for the status page.</summary>
internal sealed class SourceStates(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, SourceState> _states = new(StringComparer.Ordinal);

    public IReadOnlyList<SourceState> All() => [.. _states.Values.OrderBy(s => s.Name, StringComparer.Ordinal)];

    /// <summary>Notes a source's condition; with <see cref="SourceCondition.Disconnected"/>, the failure that led to it.</summary>
    public void Set(string name, SourceCondition condition, string detail = "")
    {
        var now = time.GetUtcNow();
        var error = condition == SourceCondition.Disconnected ? $"{now:O} {detail}" : null;
        _states.AddOrUpdate(
            name,
            _ => new SourceState(name, condition, detail, now, 0, null, error),
            (_, s) => s with
            {
                State = condition,
                Detail = detail,
                Since = s.State == condition && s.Detail == detail ? s.Since : now,
                LastError = error ?? s.LastError,
            });
    }

    public void CountReceived(string name)
    {
        var now = time.GetUtcNow();
        _states.AddOrUpdate(
            name,
            _ => new SourceState(name, SourceCondition.Connected, "", now, 1, now, null),
            (_, s) => s with { Received = s.Received + 1, LastReceived = now });
    }
}
