using IotGateway.Edge.Decode.Codecs;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Decode.Profiles;

/// <summary>List of the profiles: which codec reads a kind of device, and what its values are.</summary>
internal static class KnownProfiles
{
    public static IReadOnlyList<DeviceProfile> All { get; } =
    [
        // Its temperatures are of a DS18B20 or an SHT; its SCD41 reports carbon dioxide up to 40,000 ppm and is specified to 5,000.
        new(
            "hive-node",
            KnownCodecs.Named("hive-node"),
            [
                new(Metrics.HiveTemperature, Metrics.HiveTemperature, "Cel") { NoValue = ChipWords.Temperature },
                new(Metrics.BroodTemperature, Metrics.BroodTemperature, "Cel") { NoValue = ChipWords.Temperature },
                new(Metrics.HiveHumidity, Metrics.HiveHumidity, "%RH") { NoValue = ChipWords.Humidity },
                new(Metrics.Weight, Metrics.Weight, "kg") { NoValue = ChipWords.Hx711 },
                new(Metrics.Co2, Metrics.Co2, "ppm", SpecifiedTo: 5_000),
            ]),
    ];

    /// <summary>The profile of that name; null when there is none.</summary>
    public static DeviceProfile? Find(string name) => All.FirstOrDefault(p => p.Name == name);
}
