using IotGateway.FirmwareSim.Nodes;
using IotGateway.Science.Hive.Colony;
using IotGateway.Science.Hive.Colony.Filter;
using IotGateway.Science.Hive.Colony.Sensing;
using IotGateway.Science.Hive.Colony.Simulated;
using IotGateway.Science.Hive.Colony.Weather;

namespace IotGateway.FirmwareSim.Colonies;

/// <summary>A simulated colony's days from 1 May on: what was done to it, what its sensors told, what it was in truth.</summary>
internal static class ColonyLife
{
    /// <summary>Its sensors; each day has a reading of each, in this order.</summary>
    public static IReadOnlyList<SensorKind> Sensors { get; } =
    [
        SensorKind.NestThermometer, SensorKind.BeeCounter, SensorKind.NightCarbonDioxide, SensorKind.NightSound, SensorKind.Scale,
    ];

    private const int BetweenVisits = 21;

    /// <summary>The days of a season, from 1 May to the end of April, up to one.</summary>
    /// <param name="node">Whose.</param>
    /// <param name="seed">Of all that is drawn.</param>
    /// <param name="first">The first of them, a 1 May.</param>
    /// <param name="weather">A day of weather for each.</param>
    public static IReadOnlyList<ColonyLifeDay> Of(NodeIdentity node, int seed, DateOnly first, IReadOnlyList<ColonyWeather> weather)
    {
        var keys = Draws.For(seed, "colony-life", node.DevEui.Hex);
        var works = SeasonDays.Draw(Climate.Montreal, keys.NextUInt64());
        var colony = new SimulatedColony(Sensors, OutsideDays.UsualCelsius(first), keys.NextUInt64());
        var days = new List<ColonyLifeDay>();
        for (var i = 0; i < weather.Count; i++)
        {
            // The habits of one season serve the next as well.
            var day = new ColonyDay(weather[i], works[i % SeasonDays.Count].Work);
            colony.Pass(day);
            var readings = new double[Sensors.Count];
            colony.Measure(day.Weather, readings);
            days.Add(new ColonyLifeDay(
                first.AddDays(i), day.Work, readings, colony.Of(ColonyQuantity.Bees), colony.Of(ColonyQuantity.Brood),
                colony.Of(ColonyQuantity.StoresKilograms), colony.Of(ColonyQuantity.MitesPerHundred), colony.IsLost,
                (i + 1) % BetweenVisits == 0 && !colony.IsLost ? colony.Inspect() : null));
        }

        return days;
    }
}

/// <summary>One day of it.</summary>
/// <param name="Date">By the place's standard time.</param>
/// <param name="Work">The beekeeper's work.</param>
/// <param name="Readings">Of each sensor, in its unit; NaN where the day tells nothing.</param>
/// <param name="Bees">Adult workers on its evening.</param>
/// <param name="Brood">Cells with brood.</param>
/// <param name="StoresKilograms">Food.</param>
/// <param name="MitesPerHundred">Mites on 100 bees.</param>
/// <param name="IsLost">No bee is left.</param>
/// <param name="Seen">What a person found on that evening; null where nobody looked.</param>
internal sealed record ColonyLifeDay(
    DateOnly Date, HiveWork Work, IReadOnlyList<double> Readings, double Bees, double Brood, double StoresKilograms, double MitesPerHundred,
    bool IsLost, Inspection? Seen);
