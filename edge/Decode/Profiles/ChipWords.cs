namespace IotGateway.Edge.Decode.Profiles;

/// <summary>
/// Values that are a chip's words for "I have none", as the chip says them and as those write them who round to hundredths. Several lie
/// within what the metric can be.
/// </summary>
internal static class ChipWords
{
    /// <summary>Values that differ by less are the same word.</summary>
    private const double Same = 0.0005;

    /// <summary>
    /// DS18B20: 85 after power-on, before the first conversion; 127.9375, the bus pulled high; -127, what its common driver says when it is
    /// off the bus.
    /// </summary>
    private static readonly double[] Ds18B20 = [85, 127.9375, 127.937, 127.93, 127.94, -127];

    /// <summary>All bits 0 or 1 in the formulas of SHT2x, and of SHT3x and SHT4x: nobody answered on the bus.</summary>
    private static readonly double[] ShtTemperature = [-46.85, 128.87, 128.86, -45, 130];

    private static readonly double[] ShtHumidity = [-6, 119, 118.99];

    /// <summary>Numbers that drivers and displays of such sensors put where there is no value.</summary>
    private static readonly double[] Fillers = [998, 999, -998, -999, -9999];

    /// <summary>A temperature, °C.</summary>
    public static IReadOnlyList<double> Temperature { get; } = [.. Ds18B20, .. ShtTemperature, .. Fillers];

    /// <summary>A relative humidity, %.</summary>
    public static IReadOnlyList<double> Humidity { get; } = [.. ShtHumidity, .. Fillers];

    /// <summary>HX711: 0x7FFFFF and 0x800000, its ends of range, passed on in grams.</summary>
    public static IReadOnlyList<double> Hx711 { get; } = [8388.607, 8388.608, -8388.608, .. Fillers];

    /// <summary>True where a value is one of the words.</summary>
    public static bool Says(IReadOnlyList<double> words, double value)
    {
        foreach (var word in words)
        {
            if (Math.Abs(value - word) < Same)
                return true;
        }

        return false;
    }
}
