namespace IotGateway.Cloud.Weather.Providers;

/// <summary>A source of hourly weather for a place.</summary>
internal interface IWeatherProvider
{
    /// <summary>Name in the configuration.</summary>
    string Name { get; }

    /// <summary>Whom to name where its weather is shown.</summary>
    string Attribution { get; }

    /// <summary>Terms of its use, in a sentence.</summary>
    string Terms { get; }

    /// <summary>True when its weather may be kept on disk.</summary>
    bool MayKeep { get; }

    /// <summary>Asks for the last hours and the next days.</summary>
    /// <exception cref="WeatherException">There is no usable answer; the failure says why.</exception>
    Task<WeatherAnswer> FetchAsync(WeatherPlace place, CancellationToken cancellation);

    /// <summary>True when it answers for past days, too.</summary>
    bool HasPast => false;

    /// <summary>Hours of past days, both ends included; asked only of one that <see cref="HasPast"/>.</summary>
    /// <exception cref="WeatherException">There is no usable answer.</exception>
    Task<WeatherAnswer> FetchPastAsync(WeatherPlace place, DateOnly from, DateOnly to, CancellationToken cancellation) =>
        throw new NotSupportedException($"{Name} has no archive.");
}
