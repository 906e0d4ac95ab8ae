using IotGateway.Science.Hive.Colony;
using IotGateway.Science.Hive.Colony.Filter;
using IotGateway.Science.Hive.Colony.Sensing;
using IotGateway.Science.Hive.Colony.Simulated;
using IotGateway.Science.Hive.Colony.Weather;

namespace IotGateway.Analyst.Colonies;

/// <summary>
/// A simulated colony's season and what filters say of it: each is told the weather, the work and what its hive has from May to the
/// middle of September, then asked of the winter, whose weather it does not know.
/// </summary>
internal static class SeasonTrial
{
    /// <summary>Day of the season that is spoken on, 15 September.</summary>
    public const int SpokenOn = 138;

    private const int BetweenVisits = 21;
    private const int DaysAhead = 56;
    private const int Scenarios = 25;

    private static readonly Climate Place = Climate.Montreal;

    /// <summary>Words of a filter for each kind of equipment; empty where the colony was lost before.</summary>
    public static IReadOnlyList<SeasonWord> Run(ulong seed, int particles)
    {
        var days = SeasonDays.Draw(Place, (3 * seed) + 1);
        var warmth = Place.UsualCelsius(SeasonDays.FirstDayOfYear);
        var all = HiveEquipment.Kinds[^1];
        var colony = new SimulatedColony(all.Sensors, warmth, (3 * seed) + 2);
        var filters = HiveEquipment.Kinds.Select(e => new ColonyFilter(e.Sensors, warmth, (3 * seed) + 3, particles)).ToArray();
        var readings = new double[all.Sensors.Count];
        for (var day = 0; day < SpokenOn; day++)
        {
            colony.Pass(days[day]);
            if (colony.IsLost)
                return [];
            colony.Measure(days[day].Weather, readings);
            var seen = (day + 1) % BetweenVisits == 0 ? colony.Inspect() : (Inspection?)null;
            for (var i = 0; i < filters.Length; i++)
            {
                var equipment = HiveEquipment.Kinds[i];
                filters[i].Pass(days[day], readings.AsSpan(0, equipment.Sensors.Count));
                if (equipment.IsVisited && seen is { } inspection)
                    filters[i].See(inspection);
            }
        }

        return Ask(filters, colony, days, seed);
    }

    private static List<SeasonWord> Ask(ColonyFilter[] filters, SimulatedColony colony, ColonyDay[] days, ulong seed)
    {
        var (bees, mites) = (colony.Of(ColonyQuantity.Bees), colony.Of(ColonyQuantity.MitesPerHundred));
        var winters = Enumerable.Range(0, Scenarios).Select(s => Winter(days, (seed * Scenarios) + (ulong)s)).ToList();
        var autumns = winters.ConvertAll(w => w[..DaysAhead]);
        var said = filters.Select(f => (
            Bees: f.Range(ColonyQuantity.Bees), Mites: f.Range(ColonyQuantity.MitesPerHundred), Autumn: f.Ahead(autumns).Bees,
            f.Ahead(winters).Loss)).ToList();
        for (var day = SpokenOn; day < SpokenOn + DaysAhead; day++)
            colony.Pass(days[day]);
        var ahead = colony.Of(ColonyQuantity.Bees);
        for (var day = SpokenOn + DaysAhead; day < days.Length; day++)
            colony.Pass(days[day]);
        return said.ConvertAll(s => new SeasonWord(s.Loss, colony.IsLost,
        [
            new(RangedQuantity.BeesNow, s.Bees, bees), new(RangedQuantity.MitesNow, s.Mites, mites),
            new(RangedQuantity.BeesAhead, s.Autumn, ahead),
        ]));
    }

    /// <summary>A winter as it may come: the work is planned, the weather goes on from the last day's.</summary>
    private static ColonyDay[] Winter(ColonyDay[] days, ulong seed)
    {
        var last = SpokenOn - 1;
        var departure = days[last].Weather.MeanCelsius - Place.UsualCelsius(SeasonDays.DayOfYear(last));
        var walk = new WeatherWalk(Place, seed ^ 0xD1B54A32D192ED03, departure);
        return [.. days.Skip(SpokenOn).Select((d, i) => d with { Weather = walk.Next(SeasonDays.DayOfYear(SpokenOn + i)) })];
    }
}
