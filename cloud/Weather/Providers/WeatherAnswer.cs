using IotGateway.Cloud.Weather.Hours;

namespace IotGateway.Cloud.Weather.Providers;

/// <summary>Answer of a provider.</summary>
/// <param name="Parts">Hours by the point they are of: a station's observations and a grid point's forecast are two.</param>
/// <param name="Refused">Values left out because they cannot be.</param>
internal sealed record WeatherAnswer(IReadOnlyList<WeatherPart> Parts, int Refused)
{
    /// <summary>Failure of a part of it, when it is usable all the same.</summary>
    public WeatherFailure? Missing { get; init; }
}

/// <summary>Hours of one point.</summary>
internal sealed record WeatherPart(WeatherPoint Point, IReadOnlyList<WeatherHour> Hours);
