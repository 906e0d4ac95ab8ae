namespace IotGateway.Science.Hive.Colony.Biology;

/// <summary>Numbers of a colony's year: laying by day length and warmth, food brought and eaten.</summary>
internal static class SeasonBiology
{
    /// <summary>Day length up to which no egg is laid, h (that laying follows it: BEEPOP, DeGrandi-Hoffman et al. 1989).</summary>
    public const double LayingDaylightHours = 10.5;

    /// <summary>Day length of full laying, h.</summary>
    public const double FullLayingDaylightHours = 14.5;

    /// <summary>
    /// Week's mean below which no egg is laid, °C: temperature more than day length begins the brood (Nürnberger et al. 2018).
    /// </summary>
    public const double LayingCelsius = 2;

    /// <summary>Week's mean of full laying, °C.</summary>
    public const double FullLayingCelsius = 12;

    /// <summary>Food that a forager brings on a full day of flight in full bloom, g (Khoury et al. 2013, c).</summary>
    public const double ForagerGrams = 0.1;

    /// <summary>Week's mean from which something blooms, °C.</summary>
    public const double BloomCelsius = 6;

    /// <summary>Week's mean of full bloom, °C.</summary>
    public const double FullBloomCelsius = 22;

    /// <summary>Food that a bee eats in a day, g (Khoury et al. 2013, γ of adults).</summary>
    public const double BeeEatsGrams = 0.007;

    /// <summary>Food that an open brood cell takes in a day, g (Khoury et al. 2013, γ of brood).</summary>
    public const double BroodEatsGrams = 0.018;

    /// <summary>Temperature below which bees cluster, °C (Southwick 1985; Stabentheiner et al. 2003).</summary>
    public const double ClusterCelsius = 10;

    /// <summary>
    /// Food of a cluster at <see cref="ClusterCelsius"/>, g a day for each bee to the power 2/3, as heat is lost over a surface; with
    /// <see cref="ColdGrams"/> 12,000 bees use 1.6 kg a month at −5 °C (1 to 2.5 kg: Seeley and Visscher 1985).
    /// </summary>
    public const double ClusterGrams = 0.05;

    /// <summary>The same for each degree colder, g.</summary>
    public const double ColdGrams = 0.0035;

    /// <summary>Days over which warmth is felt.</summary>
    public const double WarmthDays = 7;

    /// <summary>Adults that die in a day without any food, share.</summary>
    public const double StarvingLoss = 0.2;
}
