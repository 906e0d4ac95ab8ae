using IotGateway.Science.Hive.Colony.Sensing;

namespace IotGateway.Analyst.Colonies;

/// <summary>Equipment of a simulated hive, for a filter to go by.</summary>
/// <param name="Name">As the record calls it.</param>
/// <param name="Sensors">Its sensors.</param>
/// <param name="IsVisited">A person looks into it every three weeks.</param>
internal sealed record HiveEquipment(string Name, IReadOnlyList<SensorKind> Sensors, bool IsVisited)
{
    /// <summary>The kinds that the record speaks of, from the least to the most; the last has all.</summary>
    public static IReadOnlyList<HiveEquipment> Kinds { get; } =
    [
        new("nothing", [], IsVisited: false),
        new("one thermometer", [SensorKind.NestThermometer], IsVisited: false),
        new("visits alone", [], IsVisited: true),
        new(
            "ten sensors and visits",
            [
                SensorKind.NestThermometer, SensorKind.NestThermometer, SensorKind.NestThermometer, SensorKind.Scale,
                SensorKind.BeeCounter, SensorKind.BeeCounter, SensorKind.NightCarbonDioxide, SensorKind.NightCarbonDioxide,
                SensorKind.NightSound, SensorKind.NightSound,
            ],
            IsVisited: true),
    ];
}
