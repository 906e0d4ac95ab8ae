using System.Collections.Frozen;
using System.Text;

namespace IotGateway.Telemetry;

/// <summary>
/// The closed list of metrics, version <see cref="Version"/>. A metric is only ever added; its unit and meaning never change.
/// </summary>
public static class Metrics
{
    /// <summary>Raised by one with each addition.</summary>
    public const int Version = 1;

#pragma warning disable CS1591 // each name is explained by its entry in All
    public const string HiveTemperature = "hive_temperature";
    public const string HiveHumidity = "hive_humidity";
    public const string BroodTemperature = "brood_temperature";
    public const string Weight = "weight";
    public const string Co2 = "co2";
    public const string ECo2 = "eco2";
    public const string Tvoc = "tvoc";
    public const string Pm1 = "pm1";
    public const string Pm25 = "pm2_5";
    public const string Pm10 = "pm10";
    public const string SoundLevel = "sound_level";
    public const string BeesIn = "bees_in";
    public const string BeesOut = "bees_out";
    public const string BatteryVoltage = "battery_voltage";
    public const string BatteryLevel = "battery_level";
    public const string Rssi = "rssi";
    public const string Snr = "snr";
    public const string AirTemperature = "air_temperature";
    public const string AirHumidity = "air_humidity";
    public const string AirPressure = "air_pressure";
    public const string Latitude = "latitude";
    public const string Longitude = "longitude";
    public const string Altitude = "altitude";
#pragma warning restore CS1591

    /// <summary>All metrics, in the order in which they are shown.</summary>
    public static IReadOnlyList<Metric> All { get; } =
    [
        new(HiveTemperature, "Cel", -40, 85, 0.01, "temperature inside the hive", MetricFamily.Climate),
        new(HiveHumidity, "%RH", 0, 100, 0.01, "relative humidity inside the hive", MetricFamily.Climate),
        new(BroodTemperature, "Cel", -40, 85, 0.01, "temperature at the brood nest", MetricFamily.Climate),
        new(Weight, "kg", 0, 250, 0.001, "weight of the hive on its scale", MetricFamily.Weight),
        new(Co2, "ppm", 0, 100_000, 1, "carbon dioxide inside the hive", MetricFamily.Air),
        new(
            ECo2, "ppm", 400, 60_000, 1,
            "carbon dioxide equivalent estimated from volatile compounds; a relative trend, not carbon dioxide", MetricFamily.Air),
        new(Tvoc, "ppb", 0, 60_000, 1, "total volatile organic compounds", MetricFamily.Air),
        new(Pm1, "ug/m3", 0, 1_000, 0.1, "particles up to 1 µm in the air", MetricFamily.Air),
        new(Pm25, "ug/m3", 0, 1_000, 0.1, "particles up to 2.5 µm in the air", MetricFamily.Air),
        new(Pm10, "ug/m3", 0, 1_000, 0.1, "particles up to 10 µm in the air", MetricFamily.Air),
        new(SoundLevel, "dB", 0, 140, 0.1, "equivalent sound pressure level over the window, re 20 µPa", MetricFamily.Sound),
        new("sound_60_125", "dB", -20, 140, 0.1, "sound level of the band 60–125 Hz", MetricFamily.Sound),
        new("sound_125_225", "dB", -20, 140, 0.1, "sound level of the band 125–225 Hz", MetricFamily.Sound),
        new("sound_225_300", "dB", -20, 140, 0.1, "sound level of the band 225–300 Hz", MetricFamily.Sound),
        new("sound_300_380", "dB", -20, 140, 0.1, "sound level of the band 300–380 Hz", MetricFamily.Sound),
        new("sound_380_550", "dB", -20, 140, 0.1, "sound level of the band 380–550 Hz", MetricFamily.Sound),
        new("sound_500_600", "dB", -20, 140, 0.1, "sound level of the band 500–600 Hz", MetricFamily.Sound),
        new("sound_600_1200", "dB", -20, 140, 0.1, "sound level of the band 600–1,200 Hz", MetricFamily.Sound),
        new("sound_2000_3600", "dB", -20, 140, 0.1, "sound level of the band 2,000–3,600 Hz", MetricFamily.Sound),
        new("sound_peak", "Hz", 0, 8_000, 1, "frequency of the strongest sound", MetricFamily.Sound),
        new(BeesIn, "count", 0, 100_000, 1, "bees that went in since the last reading", MetricFamily.Traffic),
        new(BeesOut, "count", 0, 100_000, 1, "bees that went out since the last reading", MetricFamily.Traffic),
        new("tilt", "deg", 0, 180, 0.1, "how far the hive leans from upright", MetricFamily.Other),
        new("light", "lx", 0, 130_000, 1, "light at the hive", MetricFamily.Other),
        new(BatteryVoltage, "V", 0, 60, 0.001, "voltage of the node's battery", MetricFamily.Power),
        new(BatteryLevel, "%EL", 0, 100, 0.1, "charge left in the node's battery", MetricFamily.Power),
        new("battery_current", "A", -20, 20, 0.001, "current into the battery, negative when it drains", MetricFamily.Power),
        new(Rssi, "dBm", -150, 20, 1, "received signal strength of the node's radio", MetricFamily.Radio),
        new(Snr, "dB", -40, 40, 0.1, "signal-to-noise ratio of the node's radio", MetricFamily.Radio),
        new(AirTemperature, "Cel", -60, 60, 0.1, "temperature of the outside air", MetricFamily.Weather),
        new(AirHumidity, "%RH", 0, 100, 0.1, "relative humidity of the outside air", MetricFamily.Weather),
        new(AirPressure, "hPa", 300, 1_100, 0.1, "air pressure at the site, not reduced to sea level", MetricFamily.Weather),
        new("wind_speed", "m/s", 0, 120, 0.1, "wind speed at 10 m", MetricFamily.Weather),
        new("wind_gust", "m/s", 0, 150, 0.1, "greatest gust at 10 m since the last reading", MetricFamily.Weather),
        new("wind_direction", "deg", 0, 360, 1, "direction the wind comes from, clockwise from north", MetricFamily.Weather),
        new("precipitation", "mm", 0, 500, 0.1, "rain and melted snow since the last reading", MetricFamily.Weather),
        new("solar_radiation", "W/m2", 0, 1_500, 1, "global radiation on the level", MetricFamily.Weather),
        new("soil_temperature", "Cel", -60, 80, 0.1, "temperature of the soil", MetricFamily.Weather),
        new("soil_moisture", "%", 0, 100, 0.1, "volumetric water content of the soil", MetricFamily.Weather),
        new(Latitude, "lat", -90, 90, 1e-7, "latitude, WGS 84, north positive", MetricFamily.Flight),
        new(Longitude, "lon", -180, 180, 1e-7, "longitude, WGS 84, east positive", MetricFamily.Flight),
        new(Altitude, "m", -500, 10_000, 0.1, "height of a drone above sea level", MetricFamily.Flight),
        new("height", "m", -100, 10_000, 0.1, "height of a drone above its take-off point", MetricFamily.Flight),
        new("ground_speed", "m/s", 0, 150, 0.1, "speed of a drone over ground", MetricFamily.Flight),
        new("heading", "deg", 0, 360, 0.1, "direction a drone flies to, clockwise from north", MetricFamily.Flight),
        new("camera_pitch", "deg", -90, 90, 0.1, "pitch of a drone's camera, −90 straight down", MetricFamily.Flight),
        new("surface_temperature_max", "Cel", -60, 1_600, 0.1, "hottest point in a thermal image", MetricFamily.Flight),
    ];

    private static readonly FrozenDictionary<string, Metric> ByName = All.ToFrozenDictionary(m => m.Name, StringComparer.Ordinal);

    private static readonly FrozenSet<string> Units = All.Select(m => m.Unit).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The metric of that name; null when the list has none.</summary>
    public static Metric? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The family of the metric of that name; <see cref="MetricFamily.Other"/> when the list has none.</summary>
    public static string FamilyOf(string name) => Find(name)?.Family ?? MetricFamily.Other;

    /// <summary>The list's own text of a metric's name or unit, found without making a new one; null when the list has none.</summary>
    internal static string? Known(ReadOnlySpan<byte> utf8, bool unit = false)
    {
        Span<char> text = stackalloc char[Metric.MaxNameLength];
        if (utf8.Length > text.Length || !Ascii.IsValid(utf8))
            return null;

        text = text[..Encoding.ASCII.GetChars(utf8, text)];
        if (unit)
            return Units.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var known) ? known : null;
        return ByName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var metric) ? metric.Name : null;
    }
}
