namespace IotGateway.Science.Fire.Behaviour;

/// <summary>Kinds of fire, by the crown fraction burned (ST-X-3, table 9).</summary>
public enum FireDescription
{
    /// <summary>Nothing burns.</summary>
    None,

    /// <summary>Surface fire: under 10 % of the crowns.</summary>
    Surface,

    /// <summary>Intermittent crown fire: 10 to 90 %.</summary>
    Intermittent,

    /// <summary>Continuous crown fire: 90 % and more.</summary>
    Crown,
}
