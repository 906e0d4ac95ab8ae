namespace IotGateway.Edge.Forwarding.Lanes;

/// <summary>
/// Shares the connection between new data and the backlog: the backlog gets its share while both wait, and everything while nothing
/// new does. New data therefore never waits behind a week of old. Alarms go ahead of both and are not shared.
/// </summary>
internal sealed class LaneShare(double backlogShare)
{
    private double _credit;

    /// <summary>The share that the backlog gets, 0 to 1.</summary>
    public double BacklogShare { get; set; } = backlogShare;

    /// <summary>The lane to send from; null when nothing waits.</summary>
    public Lane? Next(bool live, bool backlog)
    {
        if (!live || !backlog)
            return live ? Lane.Live : backlog ? Lane.Backlog : null;

        _credit += BacklogShare;
        if (_credit < 1)
            return Lane.Live;
        _credit -= 1;
        return Lane.Backlog;
    }
}
