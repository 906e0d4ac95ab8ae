namespace IotGateway.Edge.Forwarding.Lanes;

/// <summary>Which of the waiting data goes next.</summary>
internal enum Lane
{
    /// <summary>Alarms, ahead of everything.</summary>
    Alarm,

    /// <summary>What was buffered since the connection came up.</summary>
    Live,

    /// <summary>What waited from before.</summary>
    Backlog,
}
