using IotGateway.Science.Hive.Colony.Biology;
using IotGateway.Science.Hive.Colony.Drawing;
using IotGateway.Science.Hive.Colony.Model;

namespace IotGateway.Science.Hive.Colony.Filter;

/// <summary>
/// Queens lost in the last weeks, put to a share of the particles before an inspection is taken in, with weights that take back that they
/// are too many. A queen is lost so seldom that of thousands of colonies a handful lost theirs on the days that an inspection without brood
/// asks for: that handful would have to stand for all that is known of bees and mites.
/// </summary>
internal static class QueenLosses
{
    /// <summary>Share of the colonies that are tried without their queen.</summary>
    private const double Share = 0.2;

    /// <summary>Days ago that a queen may have gone whose successor does not lay yet.</summary>
    private const int MostDays = (int)BeeBiology.RequeeningDays - 1;

    /// <summary>Days ago that one may have gone for good: with older brood all gone the day can no longer be told.</summary>
    private const int MostHopelessDays = BeeBiology.DaysToEmerge - 1;

    /// <summary>Tries it and adds to the logarithms of the weights.</summary>
    public static void Propose(Span<ColonyState> colonies, double[] logs, ref Noise noise)
    {
        var replaced = BeeBiology.RequeeningChance * MostDays;
        var hopeless = (1 - BeeBiology.RequeeningChance) * MostHopelessDays;
        var chance = BeeBiology.QueenLossADay * (replaced + hopeless);
        var (queenless, queenright) = (Math.Log(chance / (chance + Share)), -Math.Log(1 - Share));
        for (var i = 0; i < colonies.Length; i++)
        {
            ref var colony = ref colonies[i];
            if (colony.QueenlessDays > 0)
            {
                logs[i] += double.IsFinite(colony.QueenlessDays) || colony.BroodCells > 0 ? queenless : 0;
            }
            else if (colony.Cells[colony.YoungestCells] > 0)
            {
                var isTried = noise.Uniform() < Share;
                if (isTried)
                    TakeQueen(ref colony, noise.Uniform() * (replaced + hopeless) < replaced, noise.Uniform());
                logs[i] += isTried ? queenless : queenright;
            }
        }
    }

    /// <summary>The colony as it would be had its queen gone some days ago.</summary>
    private static void TakeQueen(ref ColonyState colony, bool isReplaced, double uniform)
    {
        var days = 1 + (int)(uniform * (isReplaced ? MostDays : MostHopelessDays));
        colony.QueenlessDays = isReplaced ? BeeBiology.RequeeningDays - days : double.PositiveInfinity;
        var oldest = colony.Cells[colony.PlaceOf(BeeBiology.DaysToEmerge - 1)];
        for (var age = 0; age < Math.Min(days, BeeBiology.DaysToEmerge); age++)
            colony.Cells[colony.PlaceOf(age)] = 0;

        // The cells that have emerged since would have been empty, too.
        colony.House -= Math.Min(Math.Max(days - BeeBiology.DaysToEmerge, 0) * oldest, colony.House / 2);

        // Mites that entered the cells sealed since had none to enter.
        for (var age = 0; age < Math.Min(days - BeeBiology.DaysToSeal, MiteBiology.SealedDays); age++)
        {
            var place = (colony.YoungestMothers - age + MiteBiology.SealedDays) % MiteBiology.SealedDays;
            colony.MitesOnBees += colony.Mothers[place];
            colony.Mothers[place] = 0;
        }

        colony.Infested = Math.Min(colony.Infested, colony.Bees);
    }
}
