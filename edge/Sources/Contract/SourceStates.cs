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
/// <param name="Failure">Why it has no connection since it had one; null while it has one, and before the first failure.</param>
/// <param name="Lost">Since when it has no connection, by the monotonic clock; null while it has one.</param>
/// <param name="Warnings">Losses that it knows of, by their kind.</param>
internal sealed record SourceState(
    string Name, SourceCondition State, string Detail, DateTimeOffset Since, long Received, DateTimeOffset? LastReceived, string? LastError,
    [property: JsonIgnore] string? Failure, [property: JsonIgnore] long? Lost, IReadOnlyDictionary<string, SourceWarning> Warnings)
{
    private static readonly IReadOnlyDictionary<string, SourceWarning> None = new Dictionary<string, SourceWarning>();

    /// <summary>The state of a source of which nothing is known yet.</summary>
    public static SourceState New(string name, DateTimeOffset now, long timestamp) =>
        new(name, SourceCondition.Connecting, "", now, 0, null, null, null, timestamp, None);

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
    public void Set(string name, SourceCondition condition, string detail = "") => Change(name, (s, now, timestamp) =>
    {
        var failed = condition == SourceCondition.Disconnected;
        var connected = condition == SourceCondition.Connected;
        return s with
        {
            State = condition,
            Detail = detail,
            Since = s.State == condition && s.Detail == detail ? s.Since : now,
            LastError = failed ? $"{now:O} {detail}" : s.LastError,
            Failure = connected ? null : failed ? detail : s.Failure,
            Lost = connected ? null : s.Lost ?? timestamp,
        };
    });

    public void CountReceived(string name) =>
        Change(name, (s, now, _) => s with { Received = s.Received + 1, LastReceived = now });

    /// <summary>Notes that something is lost, or may be, and that it is not the gateway's doing.</summary>
    /// <param name="name">The source.</param>
    /// <param name="kind">A name for what it is; one of a kind is told, with how often.</param>
    /// <param name="text">What happens and what to do about it.</param>
    public void Warn(string name, string kind, string text) => Change(name, (s, now, timestamp) => s with
    {
        Warnings = new SortedDictionary<string, SourceWarning>(s.Warnings.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal)
        {
            [kind] = new SourceWarning(text, 1 + (s.Warnings.GetValueOrDefault(kind)?.Times ?? 0), now, timestamp),
        },
    });

    private void Change(string name, Func<SourceState, DateTimeOffset, long, SourceState> change)
    {
        var (now, timestamp) = (time.GetUtcNow(), time.GetTimestamp());
        _states.AddOrUpdate(
            name, _ => change(SourceState.New(name, now, timestamp), now, timestamp), (_, s) => change(s, now, timestamp));
    }
}
