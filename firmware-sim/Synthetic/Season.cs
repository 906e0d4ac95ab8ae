using IotGateway.FirmwareSim.Nodes;
using IotGateway.FirmwareSim.Recorded;

namespace IotGateway.FirmwareSim.Synthetic;

/// <summary>Course of day and year, the same for every synthetic colony. Times are local standard time.</summary>
internal static class Season
{
    /// <summary>0 at night to 1 at noon; the day is 15.5 h long in June, 9 h in December.</summary>
    public static double Sun(DateTimeOffset local)
    {
        var half = (12.25 + (3.25 * Math.Cos(2 * Math.PI * (local.DayOfYear - 172) / 365))) / 2;
        var fromNoon = Math.Abs(local.TimeOfDay.TotalHours - 12);
        return fromNoon >= half ? 0 : Math.Cos(Math.PI / 2 * fromNoon / half);
    }

    /// <summary>
    /// 0 to 1: how much a colony flies. None below 10 °C, full from 20 °C, less above 34 °C and in rain, fading from September.
    /// </summary>
    public static double Flight(DateTimeOffset local, Weather air)
    {
        var warmth = Math.Clamp((air.TemperatureCelsius - 10) / 10, 0, 1);
        var heat = Math.Clamp((40 - air.TemperatureCelsius) / 6, 0.2, 1);
        var rain = air.RainMillimetres > 0.2 ? 0.1 : 1;
        var fade = Math.Clamp((310 - local.DayOfYear) / 66.0, 0.15, 1);
        return Sun(local) * warmth * heat * rain * fade;
    }

    /// <summary>Stores above the empty hive: about 18 kg gathered by mid August, then eaten at 60 g a day.</summary>
    public static double NectarKilograms(DateTimeOffset local)
    {
        var day = local.DayOfYear + local.TimeOfDay.TotalDays;
        return (18 / (1 + Math.Exp(-(day - 195) / 14))) - (Math.Max(0, day - 225) * 0.06) + 4;
    }

    /// <summary>PM2.5 in µg/m³ of the day, the same for all hives of the place, with a morning and an evening hump.</summary>
    public static double Haze(int seed, DateTimeOffset local)
    {
        var day = Draws.For(seed, "haze", "place", (local.Year * 366) + local.DayOfYear);
        var hour = local.TimeOfDay.TotalHours;
        var humps = Hump(hour - 8) + Hump(hour - 19);
        return (3 + (9 * day.NextUnit() * day.NextUnit())) * (1 + (0.5 * humps));
    }

    private static double Hump(double hours) => Math.Exp(-hours * hours / 4);
}
