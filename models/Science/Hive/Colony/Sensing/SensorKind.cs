namespace IotGateway.Science.Hive.Colony.Sensing;

/// <summary>Kinds of sensors by what a day of theirs tells of a colony.</summary>
public enum SensorKind
{
    /// <summary>
    /// Swing of the nest's temperature against that of the outside, 0 to 1: the standard deviation of the day's hours of the one divided by
    /// that of the other. It falls with the number of bees.
    /// </summary>
    NestThermometer,

    /// <summary>Bees counted out of the hive over the day.</summary>
    BeeCounter,

    /// <summary>Carbon dioxide at night above that outside, ppm.</summary>
    NightCarbonDioxide,

    /// <summary>Sound level at night, dB.</summary>
    NightSound,

    /// <summary>Net weight at the end of the day less that at its beginning, kg.</summary>
    Scale,
}
