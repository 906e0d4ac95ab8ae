namespace IotGateway.Learning.Mixed;

/// <summary>Properties that two rows of the panel may have in common.</summary>
[Flags]
internal enum SharedBy
{
    /// <summary>Nothing at all.</summary>
    None = 0,

    /// <summary>The quarter of the year, such as January to March.</summary>
    Season = 1,

    /// <summary>The quarter itself.</summary>
    Quarter = 2,

    /// <summary>The state.</summary>
    State = 4,

    /// <summary>The census division.</summary>
    Division = 8,
}
