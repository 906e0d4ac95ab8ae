namespace IotGateway.Cloud.Sites;

/// <summary>Source of a site's readings; shown wherever they are.</summary>
internal enum Origin
{
    /// <summary>Measured now.</summary>
    Live,

    /// <summary>Measured once and replayed: "now" is the time of the newest reading.</summary>
    Recorded,

    /// <summary>Drawn by a simulation: "now" is the time of the newest reading.</summary>
    Synthetic,
}

/// <summary>Place under one weather, with what is measured there.</summary>
/// <param name="Id">Lower-case letters, digits and <c>-</c>.</param>
/// <param name="Name">As people call it.</param>
/// <param name="Latitude">Degrees north, WGS 84.</param>
/// <param name="Longitude">Degrees east, WGS 84.</param>
/// <param name="Zone">The zone in which its times are shown.</param>
/// <param name="Origin">Where its readings come from.</param>
/// <param name="Weather">The name of its weather source; null when it has none.</param>
/// <param name="Attribution">Whom to name where its data are shown; null when nobody.</param>
internal sealed record Site(
    string Id, string Name, double Latitude, double Longitude, TimeZoneInfo Zone, Origin Origin, string? Weather, string? Attribution);
