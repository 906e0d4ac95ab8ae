namespace IotGateway.Science.Hive.Colony.Biology;

/// <summary>Numbers of the bees' life, each with its source; docs/science/colony.md has their ranges.</summary>
internal static class BeeBiology
{
    /// <summary>Eggs that the best queen lays in a day of full season (Khoury et al. 2011: 2,000).</summary>
    public const double MostEggsADay = 2000;

    /// <summary>Bees at which half of the brood laid is reared (Khoury et al. 2013, ν).</summary>
    public const double HalfRearingBees = 5000;

    /// <summary>Stores at which half of the brood laid is reared, g (Khoury et al. 2013, b).</summary>
    public const double HalfRearingGrams = 500;

    /// <summary>Days from the egg to the sealed cell: 3 as an egg, 6 as a larva (Winston 1987).</summary>
    public const int DaysToSeal = 9;

    /// <summary>Days from the egg to the adult worker (Winston 1987).</summary>
    public const int DaysToEmerge = 21;

    /// <summary>Greatest daily share of house bees that begin to forage (Khoury et al. 2011, α).</summary>
    public const double Recruitment = 0.25;

    /// <summary>Share of it that foragers hold back (Khoury et al. 2011, σ).</summary>
    public const double Inhibition = 0.75;

    /// <summary>More house bees forage where stores lack: added to α (Khoury et al. 2013, α_max).</summary>
    public const double HungryRecruitment = 0.25;

    /// <summary>
    /// Foragers lost on a day of <see cref="FullFlightHours"/> (Khoury et al. 2013 look at 0.1 to 0.4; an average forager lives 7 days:
    /// Visscher and Dukas 1997).
    /// </summary>
    public const double ForagerLoss = 0.1;

    /// <summary>Foragers lost on a day without flight: what wore them out was the flight before (ours).</summary>
    public const double RestingForagerLoss = 0.02;

    /// <summary>Flight hours of a full day, h; with fewer, fewer foragers are lost and less is brought in.</summary>
    public const double FullFlightHours = 12;

    /// <summary>
    /// Bees that die in the hive in a day, as winter bees do: 154 days on average (Fukuda and Sekiguchi 1966).
    /// </summary>
    public const double HouseLoss = 1 / 154.0;

    /// <summary>Added to it while brood is reared, which wears bees out (Amdam and Omholt 2002), at one brood cell a bee.</summary>
    public const double RearingLoss = 0.011;

    /// <summary>Bees of a cluster below which the cold kills its bees at twice the rate (after Free and Racey 1968).</summary>
    public const double SmallCluster = 2500;

    /// <summary>Bees below which a colony is lost.</summary>
    public const double FewestBees = 800;

    /// <summary>Weight of a worker with what she carries, g (0.1: Winston 1987; swarms hold 3,000 to 3,500 bees a pound).</summary>
    public const double BeeGrams = 0.12;

    /// <summary>Yearly chance that a queen is lost in the season (some 10 to 30 % in surveys of losses), a day.</summary>
    public const double QueenLossADay = 0.0006;

    /// <summary>Days until a queen that a colony raises lays (16 to emerge, some 12 to mate and begin: Winston 1987).</summary>
    public const double RequeeningDays = 28;

    /// <summary>Chance that it can.</summary>
    public const double RequeeningChance = 0.75;
}
