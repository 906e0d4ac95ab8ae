namespace IotGateway.Edge.Forwarding.Lanes;

/// <summary>Lanes of the waiting data, by which goes next.</summary>
internal enum Lane
{
    /// <summary>Alarms, ahead of everything.</summary>
    Alarm,

    /// <summary>Data buffered since the connection came up.</summary>
    Live,

    /// <summary>Data that waited from before.</summary>
    Backlog,
}
