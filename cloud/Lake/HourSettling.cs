namespace IotGateway.Cloud.Lake;

/// <summary>
/// Decides when an hour is worth writing: soon once event time has passed it, later when it is merely quiet (a gateway's backlog, the
/// newest hour of a replay that stopped). Writing earlier would only mean writing again.
/// </summary>
internal sealed class HourSettling(TimeProvider time)
{
    /// <summary>Event time by which an hour must be past.</summary>
    public static readonly TimeSpan Past = TimeSpan.FromMinutes(5);

    /// <summary>Real time without a change after which an hour that is past is written.</summary>
    public static readonly TimeSpan QuietWhenPast = TimeSpan.FromSeconds(2);

    /// <summary>Real time without a change after which any hour is written.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    private Dictionary<DateTimeOffset, (long Change, long Since)> _seen = [];

    /// <summary>Which of the changed hours are settled now, oldest first.</summary>
    public IReadOnlyList<(DateTimeOffset Hour, long Change)> Settled(IReadOnlyList<(DateTimeOffset Hour, long Change)> changed, DateTimeOffset newest)
    {
        var seen = new Dictionary<DateTimeOffset, (long Change, long Since)>(changed.Count);
        var settled = new List<(DateTimeOffset, long)>();
        foreach (var (hour, change) in changed)
        {
            var state = _seen.TryGetValue(hour, out var before) && before.Change == change ? before : (change, time.GetTimestamp());
            seen[hour] = state;
            var quiet = time.GetElapsedTime(state.Item2);
            if (quiet >= Quiet || (quiet >= QuietWhenPast && hour.AddHours(1) + Past <= newest))
                settled.Add((hour, change));
        }

        _seen = seen;
        return settled;
    }
}
