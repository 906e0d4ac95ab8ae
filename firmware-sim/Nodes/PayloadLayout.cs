namespace IotGateway.FirmwareSim.Nodes;

/// <summary>The hive node's uplink payload, version 1, as PAYLOAD.md lays it out.</summary>
internal static class PayloadLayout
{
    public const byte Version = 0x01;
    public const int FPort = 10;

    /// <summary>Version, time and field bits.</summary>
    public const int HeaderBytes = 7;

    /// <summary>In the order of their bits, which is the order in the frame.</summary>
    public static IReadOnlyList<PayloadField> Fields { get; } =
    [
        new(0, 2, Signed: true, 100, 0, "hive_temperature"),
        new(1, 2, Signed: false, 100, 0, "hive_humidity"),
        new(2, 2, Signed: true, 100, 0, "brood_temperature"),
        new(3, 3, Signed: false, 1000, 0, "weight"),
        new(4, 2, Signed: false, 1, 0, "co2"),
        new(5, 2, Signed: false, 1, 0, "tvoc"),
        new(6, 2, Signed: false, 1, 0, "eco2"),
        new(7, 2, Signed: false, 10, 0, "pm1", "pm2_5", "pm10"),
        new(8, 1, Signed: false, 2, 0, "sound_level"),
        new(9, 1, Signed: false, 2, -20,
            "sound_60_125", "sound_125_225", "sound_225_300", "sound_300_380", "sound_380_550", "sound_500_600", "sound_600_1200",
            "sound_2000_3600"),
        new(10, 2, Signed: false, 1, 0, "bees_in", "bees_out"),
        new(11, 2, Signed: false, 1000, 0, "battery_voltage"),
    ];
}
