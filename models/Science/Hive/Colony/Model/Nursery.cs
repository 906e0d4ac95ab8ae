using IotGateway.Science.Hive.Colony.Biology;
using IotGateway.Science.Hive.Colony.Weather;

namespace IotGateway.Science.Hive.Colony.Model;

/// <summary>The queen and the brood.</summary>
internal static class Nursery
{
    /// <summary>Week's mean from which a new queen can mate, °C.</summary>
    private const double MatingCelsius = 13;

    private const double MostPace = 1.5;

    /// <summary>Share of rearing that the stores allow, 0 to 1 (Khoury et al. 2013).</summary>
    public static double Fed(double grams)
    {
        var square = grams * grams;
        return square / (square + (BeeBiology.HalfRearingGrams * BeeBiology.HalfRearingGrams));
    }

    /// <summary>Eggs of a day that will be reared.</summary>
    public static double Laid(in ColonyState colony, in ColonyWeather weather)
    {
        if (colony.QueenlessDays > 0)
            return 0;
        var light = Ramp(weather.DaylightHours, SeasonBiology.LayingDaylightHours, SeasonBiology.FullLayingDaylightHours);
        var warmth = Ramp(colony.WarmthCelsius, SeasonBiology.LayingCelsius, SeasonBiology.FullLayingCelsius);
        return BeeBiology.MostEggsADay * light * warmth * Math.Min(Math.Exp(colony.Laying), MostPace)
            * colony.House / (colony.House + BeeBiology.HalfRearingBees) * Fed(colony.StoresGrams);
    }

    /// <summary>Ages all cells by a day and answers how many workers emerge.</summary>
    public static double Age(ref ColonyState colony, double laid, ref Turnover turnover)
    {
        colony.YoungestCells = colony.YoungestCells + 1 == BeeBiology.DaysToEmerge ? 0 : colony.YoungestCells + 1;
        var emerging = colony.Cells[colony.YoungestCells];
        colony.Cells[colony.YoungestCells] = laid;
        turnover.Laid += laid;
        turnover.Emerged += emerging;
        return emerging;
    }

    /// <summary>A queen may be lost; whether another comes is known to chance alone.</summary>
    public static void PassQueens(ref ColonyState colony, in ColonyWeather weather, double uniform)
    {
        if (colony.QueenlessDays > 0)
            colony.QueenlessDays--;
        else if (uniform < BeeBiology.QueenLossADay)
            colony.QueenlessDays = CanMate(colony, weather, uniform) ? BeeBiology.RequeeningDays : double.PositiveInfinity;
    }

    /// <summary>Eggs and larvae die for want of food.</summary>
    public static void Starve(ref ColonyState colony, double share, ref Turnover turnover)
    {
        for (var age = 0; age < BeeBiology.DaysToSeal; age++)
        {
            var place = colony.PlaceOf(age);
            turnover.BroodDied += share * colony.Cells[place];
            colony.Cells[place] *= 1 - share;
        }
    }

    public static double Ramp(double value, double from, double to) => Math.Clamp((value - from) / (to - from), 0, 1);

    /// <summary>The lower part of the chance of a loss is the chance of a replacement.</summary>
    private static bool CanMate(in ColonyState colony, in ColonyWeather weather, double uniform) =>
        colony.WarmthCelsius >= MatingCelsius && weather.DaylightHours > SeasonBiology.LayingDaylightHours
        && uniform < BeeBiology.QueenLossADay * BeeBiology.RequeeningChance;
}
