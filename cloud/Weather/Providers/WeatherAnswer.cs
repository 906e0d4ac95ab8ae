using IotGateway.Cloud.Weather.Hours;

namespace IotGateway.Cloud.Weather.Providers;

/// <summary>Answer of a provider.</summary>
/// <param name="Parts">Hours by the point they are of: a station's observations and a grid point's forecast are two.</param>
/// <param name="Refused">Values left out because they cannot be, were rejected by the provider, or are not understood.</param>
internal sealed record WeatherAnswer(IReadOnlyList<WeatherPart> Parts, int Refused)
{
    /// <summary>Failure of a part of it, or of a value, when it is usable all the same.</summary>
    public WeatherFailure? Missing { get; init; }

    /// <summary>An answer that names the first value which was left out because it was not understood.</summary>
    public static WeatherAnswer Of(string provider, WeatherPlace place, Plausible plausible, params WeatherPart[] parts) =>
        new(parts, plausible.Refused)
        {
            Missing = plausible.Unknown is { } unknown ? new WeatherFailure(provider, place.Site, unknown.Fault, unknown.Detail) : null,
        };
}

/// <summary>Hours of one point.</summary>
internal sealed record WeatherPart(WeatherPoint Point, IReadOnlyList<WeatherHour> Hours);
