namespace IotGateway.Science.Fire.Fuels;

/// <summary>
/// The fuel types of the Canadian FBP System (ST-X-3, table 1), O-1 in its two forms, and two kinds of
/// ground that do not burn.
/// </summary>
public enum FuelType
{
    /// <summary>Ground that does not burn: rock, roads, bare fields.</summary>
    NonFuel,

    /// <summary>Water.</summary>
    Water,

    /// <summary>Spruce–lichen woodland.</summary>
    C1,

    /// <summary>Boreal spruce.</summary>
    C2,

    /// <summary>Mature jack or lodgepole pine.</summary>
    C3,

    /// <summary>Immature jack or lodgepole pine.</summary>
    C4,

    /// <summary>Red and white pine.</summary>
    C5,

    /// <summary>Conifer plantation.</summary>
    C6,

    /// <summary>Ponderosa pine and Douglas-fir.</summary>
    C7,

    /// <summary>Leafless aspen.</summary>
    D1,

    /// <summary>Boreal mixedwood, leafless.</summary>
    M1,

    /// <summary>Boreal mixedwood, green.</summary>
    M2,

    /// <summary>Dead balsam fir mixedwood, leafless.</summary>
    M3,

    /// <summary>Dead balsam fir mixedwood, green.</summary>
    M4,

    /// <summary>Matted grass.</summary>
    O1a,

    /// <summary>Standing grass.</summary>
    O1b,

    /// <summary>Jack or lodgepole pine slash.</summary>
    S1,

    /// <summary>White spruce and balsam slash.</summary>
    S2,

    /// <summary>Coastal cedar, hemlock and Douglas-fir slash.</summary>
    S3,
}
