namespace IotGateway.Cloud.Weather.Hours;

/// <summary>Source of knowledge of an hour's weather.</summary>
internal enum WeatherKind
{
    /// <summary>Measured at a station.</summary>
    Observation,

    /// <summary>A model's best estimate of an hour that is over.</summary>
    Analysis,

    /// <summary>A model's or a forecaster's estimate of an hour to come.</summary>
    Forecast,
}

/// <summary>Weather of one hour at one place; a null is a value that the source did not give.</summary>
/// <param name="Time">When it is valid, UTC.</param>
/// <param name="TemperatureCelsius">Air temperature at 2 m, −90 to 60.</param>
/// <param name="HumidityPercent">Relative humidity at 2 m, 0 to 100.</param>
/// <param name="PrecipitationMillimetres">Rain and melted snow in the hour before.</param>
internal sealed record WeatherHour(
    DateTimeOffset Time, double? TemperatureCelsius, double? HumidityPercent, double? PrecipitationMillimetres)
{
    /// <summary>Wind speed at 10 m, km/h: the unit of the fire-weather index.</summary>
    public double? WindKilometresPerHour { get; init; }

    /// <summary>Strongest gust at 10 m, km/h.</summary>
    public double? GustKilometresPerHour { get; init; }

    /// <summary>Direction that the wind comes from, degrees clockwise from north, 0 to 360.</summary>
    public double? WindDirectionDegrees { get; init; }

    /// <summary>Air pressure reduced to mean sea level, hPa.</summary>
    public double? PressureHectopascals { get; init; }

    /// <summary>Mean short-wave radiation on the level in the hour before, W/m².</summary>
    public double? RadiationWattsPerSquareMetre { get; init; }

    public WeatherKind Kind { get; init; }

    /// <summary>Since when it can be known, UTC. A recorded observation counts as known at its time.</summary>
    public DateTimeOffset Issued { get; init; } = Time;

    /// <summary>True where the source gave anything at all.</summary>
    public bool HasValue => this is not
    {
        TemperatureCelsius: null, HumidityPercent: null, PrecipitationMillimetres: null, WindKilometresPerHour: null,
        GustKilometresPerHour: null, WindDirectionDegrees: null, PressureHectopascals: null, RadiationWattsPerSquareMetre: null,
    };

    /// <summary>
    /// This hour with what it lacks from an earlier word of the same kind: a report that leaves out the rain does not take it back.
    /// What was measured is not completed with what was estimated.
    /// </summary>
    public WeatherHour Over(WeatherHour? earlier) => earlier is null || earlier.Kind != Kind ? this : this with
    {
        TemperatureCelsius = TemperatureCelsius ?? earlier.TemperatureCelsius,
        HumidityPercent = HumidityPercent ?? earlier.HumidityPercent,
        PrecipitationMillimetres = PrecipitationMillimetres ?? earlier.PrecipitationMillimetres,
        WindKilometresPerHour = WindKilometresPerHour ?? earlier.WindKilometresPerHour,
        GustKilometresPerHour = GustKilometresPerHour ?? earlier.GustKilometresPerHour,
        WindDirectionDegrees = WindDirectionDegrees ?? earlier.WindDirectionDegrees,
        PressureHectopascals = PressureHectopascals ?? earlier.PressureHectopascals,
        RadiationWattsPerSquareMetre = RadiationWattsPerSquareMetre ?? earlier.RadiationWattsPerSquareMetre,
    };
}
