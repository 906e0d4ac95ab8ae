namespace IotGateway.FirmwareSim.Tests.Nodes;

/// <summary>Reads a frame straight from PAYLOAD.md, sharing nothing with the encoder.</summary>
internal static class FrameReading
{
    public static (uint Time, Dictionary<string, double?> Values) Read(byte[] frame)
    {
        Assert(frame[0] == 1);
        var at = 1;
        var time = (uint)Take(4);
        var bits = (int)Take(2);
        Assert(bits >> 12 == 0);

        var values = new Dictionary<string, double?>(StringComparer.Ordinal);
        if ((bits & 1) != 0)
            values["hive_temperature"] = Centi16(Take(2));
        if ((bits & 2) != 0)
            values["hive_humidity"] = Unsigned(Take(2), 0xFFFF, 0.01, 0);
        if ((bits & 4) != 0)
            values["brood_temperature"] = Centi16(Take(2));
        if ((bits & 8) != 0)
            values["weight"] = Unsigned(Take(3), 0xFFFFFF, 0.001, 0);
        if ((bits & 16) != 0)
            values["co2"] = Unsigned(Take(2), 0xFFFF, 1, 0);
        if ((bits & 32) != 0)
            values["tvoc"] = Unsigned(Take(2), 0xFFFF, 1, 0);
        if ((bits & 64) != 0)
            values["eco2"] = Unsigned(Take(2), 0xFFFF, 1, 0);
        if ((bits & 128) != 0)
        {
            values["pm1"] = Unsigned(Take(2), 0xFFFF, 0.1, 0);
            values["pm2_5"] = Unsigned(Take(2), 0xFFFF, 0.1, 0);
            values["pm10"] = Unsigned(Take(2), 0xFFFF, 0.1, 0);
        }

        if ((bits & 256) != 0)
            values["sound_level"] = Unsigned(Take(1), 0xFF, 0.5, 0);
        if ((bits & 512) != 0)
        {
            foreach (var band in new[] { "60_125", "125_225", "225_300", "300_380", "380_550", "500_600", "600_1200", "2000_3600" })
                values["sound_" + band] = Unsigned(Take(1), 0xFF, 0.5, -20);
        }

        if ((bits & 1024) != 0)
        {
            values["bees_in"] = Unsigned(Take(2), 0xFFFF, 1, 0);
            values["bees_out"] = Unsigned(Take(2), 0xFFFF, 1, 0);
        }

        if ((bits & 2048) != 0)
            values["battery_voltage"] = Unsigned(Take(2), 0xFFFF, 0.001, 0);

        Assert(at == frame.Length);
        return (time, values);

        long Take(int bytes)
        {
            long number = 0;
            while (bytes-- > 0)
                number = (number * 256) + frame[at++];
            return number;
        }
    }

    private static double? Centi16(long raw) => raw == 0x8000 ? null : (raw > 0x8000 ? raw - 0x10000 : raw) / 100.0;

    private static double? Unsigned(long raw, long noValue, double factor, double offset) =>
        raw == noValue ? null : (raw * factor) + offset;

    private static void Assert(bool fits)
    {
        if (!fits)
            throw new FormatException("Not a frame of PAYLOAD.md.");
    }
}
