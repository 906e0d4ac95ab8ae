namespace IotGateway.Cloud.Ingest.Status;

/// <summary>
/// Word on what was refused of a gateway: each is counted, and one a minute of a kind is logged, so that a sender of nothing else does not
/// fill the disk with lines.
/// </summary>
internal sealed class Refusals(IngestCounters counters, TimeProvider time, ILogger<Refusals> log)
{
    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(1);
    private const int MostKinds = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Gateway, string Reason), (long LoggedAt, long Since)> _kinds = [];

    /// <summary>Counts a message as refused.</summary>
    /// <param name="gateway">Whose it is.</param>
    /// <param name="reason">Why, from a small fixed set.</param>
    /// <param name="detail">The same in words.</param>
    public void Note(string gateway, string reason, string detail)
    {
        counters.Refused(gateway, reason);
        if (SinceLastLogged(gateway, reason) is { } since)
            log.MessageRefused(gateway, reason, since > 0 ? $"{detail} ({since:N0} more like it since the last line)" : detail);
    }

    /// <summary>Counts readings that were acknowledged and are left out of the stores.</summary>
    /// <param name="gateway">Whose they are.</param>
    /// <param name="reason">Why, from a small fixed set.</param>
    /// <param name="readings">How many; none is no news.</param>
    /// <param name="detail">The reason in words.</param>
    public void SetAside(string gateway, string reason, long readings, string detail)
    {
        counters.SetAside(gateway, reason, readings);
        if (readings > 0 && SinceLastLogged(gateway, reason) is not null)
            log.ReadingsSetAside(gateway, readings, reason, detail);
    }

    /// <summary>The number that were not logged since the last that was; null when this one need not be either.</summary>
    private long? SinceLastLogged(string gateway, string reason)
    {
        lock (_lock)
        {
            if (_kinds.TryGetValue((gateway, reason), out var kind) && time.GetElapsedTime(kind.LoggedAt) < Apart)
            {
                _kinds[(gateway, reason)] = kind with { Since = kind.Since + 1 };
                return null;
            }

            if (_kinds.Count >= MostKinds)
                _kinds.Clear();
            _kinds[(gateway, reason)] = (time.GetTimestamp(), 0);
            return kind.Since;
        }
    }
}
