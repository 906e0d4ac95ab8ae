namespace IotGateway.Science.Hive.Colony.Biology;

/// <summary>Numbers of Varroa destructor, each with its source; docs/science/colony.md has their ranges.</summary>
internal static class MiteBiology
{
    /// <summary>
    /// Invasion of worker cells: rate a day = this × cells sealed that day ÷ grams of bees (Boot et al. 1994: 0.56).
    /// </summary>
    public const double WorkerInvasion = 0.56;

    /// <summary>The same for drone cells (Boot et al. 1995: 6.49).</summary>
    public const double DroneInvasion = 6.49;

    /// <summary>Drone cells for each worker cell while drones are reared (some 4 % of the cells: Allen 1965).</summary>
    public const double DroneShare = 0.04;

    /// <summary>Day length from which on drones are reared, h: May to early August at 45°.</summary>
    public const double DroneDaylightHours = 13.7;

    /// <summary>
    /// Daughters of a mother in a worker cell that leave it and breed. 1.0 to 1.45 mature (Fries et al. 1994; Martin 1994), some stay
    /// unmated, some are lost as they leave; 0.5 makes a population grow by 0.018 a day without drones, 0.028 with (0.021: Martin 1998).
    /// </summary>
    public const double WorkerDaughters = 0.5;

    /// <summary>The same of a drone cell (2.2 to 2.6 mature: Martin 1995; Fries et al. 1994).</summary>
    public const double DroneDaughters = 1.2;

    /// <summary>Mothers that outlive a cycle in a cell (about 0.8 to 0.9: Fries et al. 1994).</summary>
    public const double MotherSurvival = 0.85;

    /// <summary>Mothers in a cell at which daughters lack room: the offspring are half (after Fuchs and Langenbach 1989).</summary>
    public const double CrowdedMothers = 2;

    /// <summary>Days in a sealed worker cell (Winston 1987).</summary>
    public const int SealedDays = BeeBiology.DaysToEmerge - BeeBiology.DaysToSeal;

    /// <summary>Mites on bees that die in a day while brood is reared (Fries et al. 1994: 0.006).</summary>
    public const double LossWithBrood = 0.006;

    /// <summary>The same without brood (Fries et al. 1994: 0.002).</summary>
    public const double LossWithoutBrood = 0.002;

    /// <summary>
    /// Mites that come with drifting and robbing bees on a full day of flight (0 to several: Frey and Rosenkranz 2014; DeGrandi-Hoffman et
    /// al. 2016).
    /// </summary>
    public const double ComingADay = 0.4;

    /// <summary>
    /// Added rate of death of bees that had a mite as pupae: their lives in winter are some third to a quarter as long (Dainat et al. 2012;
    /// van Dooremalen et al. 2012).
    /// </summary>
    public const double InfestedLoss = 3;

    /// <summary>
    /// Added rate of death of all bees for each mite that sits on a bee, by the viruses it carries. Ours: set so that losses begin to rise
    /// at some 6 mites per 100 bees in October, as surveyed (Genersch et al. 2010).
    /// </summary>
    public const double VirusLoss = 4;
}
