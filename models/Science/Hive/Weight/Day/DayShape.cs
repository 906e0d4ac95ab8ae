namespace IotGateway.Science.Hive.Weight.Day;

/// <summary>
/// Ten parameters of one day of a hive's weight, after Arias-Calluari et al. 2023 (PLoS Comput. Biol. 19:e1010880): a static weight,
/// foragers that leave and return, food that they bring, and losses that never pause. The same elements as theirs; the equations are
/// written here from the paper's description.
/// </summary>
/// <remarks>
/// In flight hours the share x of the foragers that is inside follows dx/dt = −departure x + return (1 − x), after them dx/dt = homing
/// (1 − x); before them x = 1. W = static + foragers × bee × x + load × foragers × returns so far − losses.
/// </remarks>
/// <param name="StaticKilograms">All at midnight but the foragers: hive, stores, brood, other bees, kg.</param>
/// <param name="ForagerKilograms">Weight of all foragers, kg.</param>
/// <param name="FoodKilograms">Food that all foragers bring, each returning once, kg.</param>
/// <param name="NightLoss">Loss at night, kg/h: water and respiration.</param>
/// <param name="DayLoss">Loss in the flight hours, kg/h.</param>
/// <param name="DeparturePerHour">Rate at which foragers inside leave.</param>
/// <param name="ReturnPerHour">Rate at which those outside return.</param>
/// <param name="HomingPerHour">Rate at which they return after the flight hours.</param>
/// <param name="FlightHour">First hour of flight, from midnight.</param>
/// <param name="HomeHour">Hour from which none leaves any more.</param>
internal readonly record struct DayShape(
    double StaticKilograms, double ForagerKilograms, double FoodKilograms, double NightLoss, double DayLoss,
    double DeparturePerHour, double ReturnPerHour, double HomingPerHour, double FlightHour, double HomeHour)
{
    /// <summary>Share of the foragers that is inside, and returns of each so far, at an hour: the equations' exact solution.</summary>
    public (double Inside, double Returns) At(double hour)
    {
        if (hour <= FlightHour)
            return (1, 0);
        var flown = Math.Min(hour, HomeHour) - FlightHour;
        var both = DeparturePerHour + ReturnPerHour;
        var (steady, left) = (ReturnPerHour / both, Math.Exp(-both * flown));
        var inside = steady + ((1 - steady) * left);
        var returns = ReturnPerHour * (1 - steady) * (flown - ((1 - left) / both));
        if (hour <= HomeHour)
            return (inside, returns);
        var outside = (1 - inside) * Math.Exp(-HomingPerHour * (hour - HomeHour));
        return (1 - outside, returns + (1 - inside) - outside);
    }

    /// <summary>Hours of flight so far at an hour.</summary>
    public double Flown(double hour) => Math.Clamp(hour - FlightHour, 0, HomeHour - FlightHour);

    /// <summary>Weight at an hour, kg.</summary>
    public double Kilograms(double hour)
    {
        var ((inside, returns), flown) = (At(hour), Flown(hour));
        return StaticKilograms + (ForagerKilograms * inside) + (FoodKilograms * returns) - (DayLoss * flown) - (NightLoss * (hour - flown));
    }

    /// <summary>Most foragers outside at a time, kg of bees.</summary>
    public double MostOutsideKilograms => ForagerKilograms * (1 - At(HomeHour).Inside);

    /// <summary>
    /// Food brought in the whole day less what the flight hours used and dried, kg. What was brought before that cannot be told: a little
    /// less brought and a little less used look the same on a scale.
    /// </summary>
    public double FoodGainKilograms => (FoodKilograms * At(24).Returns) - (DayLoss * Flown(24));
}
