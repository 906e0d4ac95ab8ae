namespace IotGateway.Cloud.Weather.Days;

/// <summary>
/// Thresholds of the daily features. Those of flight are usual statements, not measured here: honey bees fly from about 10 °C (reports
/// lie between 7 and 13 °C; the US EPA's BeePop+ takes 12 °C) and little in wind above 15 mph, 24 km/h (BeePop+: 20 mph, 32 km/h).
/// Heat and cold are this project's conventions.
/// </summary>
internal sealed record DayLimits
{
    public static DayLimits Default { get; } = new();

    /// <summary>Base of the growing degree days, °C.</summary>
    public double GrowingBaseCelsius { get; init; } = 10;

    /// <summary>Least temperature for flight, °C.</summary>
    public double FlightCelsius { get; init; } = 10;

    /// <summary>Greatest wind at 10 m for flight, km/h.</summary>
    public double FlightWindKilometresPerHour { get; init; } = 24;

    /// <summary>An hour with this much rain is wet, mm: the least that gauges tell.</summary>
    public double WetHourMillimetres { get; init; } = 0.1;

    /// <summary>A day with this much rain is a rain day, mm: the wet day of ETCCDI's climate indices (R1mm).</summary>
    public double RainDayMillimetres { get; init; } = 1;

    /// <summary>From here the brood nest (34.5 to 35.5 °C) must be cooled actively, °C.</summary>
    public double HeatCelsius { get; init; } = 35;

    /// <summary>At and below this the winter cluster works hard, °C.</summary>
    public double ColdCelsius { get; init; } = -10;

    /// <summary>The least share of a day's hours that must be known for a feature to have a value, 0 to 1.</summary>
    public double LeastCoverage { get; init; } = 0.9;
}
