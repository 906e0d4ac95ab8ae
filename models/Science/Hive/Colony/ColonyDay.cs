using IotGateway.Science.Hive.Colony.Weather;

namespace IotGateway.Science.Hive.Colony;

/// <summary>One day of a colony's life: what it meets from outside.</summary>
/// <param name="Weather">The weather.</param>
/// <param name="Work">The beekeeper's work; none by default.</param>
public readonly record struct ColonyDay(ColonyWeather Weather, HiveWork Work = default)
{
    /// <exception cref="InputException">A value is outside its range.</exception>
    internal void Check()
    {
        Science.Check.Temperature(Weather.MeanCelsius);
        Science.Check.Within(Weather.FlightHours, 0, 24, "flight hours");
        Science.Check.Within(Weather.DaylightHours, 0, 24, "hours of daylight");
        Science.Check.Within(Work.FedGrams, 0, 100_000, "food given (g)");
        Science.Check.Within(Work.HarvestedGrams, 0, 200_000, "honey taken (g)");
        Science.Check.Within(Work.KilledOnBees, 0, 1, "share of mites on bees killed");
        Science.Check.Within(Work.KilledInCells, 0, 1, "share of mites in cells killed");
    }
}
