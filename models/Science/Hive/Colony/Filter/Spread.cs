using IotGateway.Science.Hive.Colony.Biology;
using IotGateway.Science.Hive.Colony.Drawing;
using IotGateway.Science.Hive.Colony.Model;

namespace IotGateway.Science.Hive.Colony.Filter;

/// <summary>
/// Spread of particles that were drawn anew. Copies are moved apart and all a little towards the middle, which leaves mean and variance as
/// they were (Liu and West 2001). The move is a part of the difference between two other particles (ter Braak 2006), so what goes together
/// still does: mites that are many because they bred fast go on breeding fast. Moved each by itself the parts would forget one another, and
/// ranges of what comes next would be too narrow.
/// </summary>
internal static class Spread
{
    /// <summary>Share of the deviation that is drawn anew.</summary>
    private const double Fresh = 0.2;

    private const int Mites = 0;
    private const int Breeding = 1;
    private const int Exposure = 2;
    private const int MiteParts = 3;
    private const int Bees = 3;
    private const int Brood = 4;
    private const int Stores = 5;
    private const int Laying = 6;
    private const int Loss = 7;
    private const int Forage = 8;
    private const int FirstOffset = 9;

    /// <summary>Times that a partner is looked for among the dead; after that the particle stays where it is.</summary>
    private const int MostPicks = 8;

    /// <summary>Below these the logarithm of a number says nothing of use: mites, cells, grams.</summary>
    private const double FewestMites = 0.1;

    private const double FewestCells = 100;
    private const double FewestGrams = 10;

    /// <summary>Moves the mites alone, which are seldom counted: a day's sensors tell the other parts, day by day.</summary>
    public static void RestoreMites(Span<ColonyState> colonies, ref Noise noise) => Restore(colonies, [], MiteParts, ref noise);

    /// <summary>Moves all parts, as an inspection tells of all at once.</summary>
    /// <param name="colonies">The colonies.</param>
    /// <param name="offsets">Expected offset of each sensor, by colony.</param>
    /// <param name="noise">What the moves are drawn from.</param>
    public static void RestoreAll(Span<ColonyState> colonies, double[][] offsets, ref Noise noise) =>
        Restore(colonies, offsets, FirstOffset + offsets.Length, ref noise);

    private static void Restore(Span<ColonyState> colonies, double[][] offsets, int parts, ref Noise noise)
    {
        Span<double> means = stackalloc double[parts];
        if (!Average(colonies, offsets, means))
            return;
        var towards = Math.Sqrt(1 - (Fresh * Fresh)) - 1;
        var apart = Fresh / Math.Sqrt(2);
        for (var i = 0; i < colonies.Length; i++)
        {
            if (colonies[i].IsDead || Pick(colonies, ref noise) is not { } one || Pick(colonies, ref noise) is not { } other)
                continue;
            for (var part = 0; part < parts; part++)
            {
                var away = Value(colonies, offsets, i, part) - means[part];
                var between = Value(colonies, offsets, one, part) - Value(colonies, offsets, other, part);
                var move = (towards * away) + (apart * between);
                if (double.IsNaN(move))
                    continue;
                if (part >= FirstOffset)
                    offsets[part - FirstOffset][i] += move;
                else
                    Move(ref colonies[i], part, move);
            }
        }
    }

    /// <summary>Means of the living; false where there are none.</summary>
    private static bool Average(ReadOnlySpan<ColonyState> colonies, double[][] offsets, Span<double> means)
    {
        Span<int> counts = stackalloc int[means.Length];
        for (var i = 0; i < colonies.Length; i++)
        {
            if (colonies[i].IsDead)
                continue;
            for (var part = 0; part < means.Length; part++)
            {
                if (Value(colonies, offsets, i, part) is var value && !double.IsNaN(value))
                    (means[part], counts[part]) = (means[part] + value, counts[part] + 1);
            }
        }

        for (var part = 0; part < means.Length; part++)
            means[part] /= counts[part];
        return counts[Breeding] > 0;
    }

    private static int? Pick(ReadOnlySpan<ColonyState> colonies, ref Noise noise)
    {
        for (var pick = 0; pick < MostPicks; pick++)
        {
            var place = (int)(noise.Uniform() * colonies.Length);
            if (!colonies[place].IsDead)
                return place;
        }

        return null;
    }

    /// <summary>A part of a colony, numbers as their logarithms; NaN where there is too little of it.</summary>
    private static double Value(ReadOnlySpan<ColonyState> colonies, double[][] offsets, int place, int part)
    {
        ref readonly var colony = ref colonies[place];
        return part switch
        {
            Mites => Log(colony.MitesOnBees + colony.MitesInCells, FewestMites),
            Breeding => colony.Breeding,
            Exposure => colony.Exposure,
            Bees => Math.Log(colony.Bees),
            Brood => Log(colony.BroodCells, FewestCells),
            Stores => Log(colony.StoresGrams, FewestGrams),
            Laying => colony.Laying,
            Loss => colony.Loss,
            Forage => colony.Forage,
            _ => offsets[part - FirstOffset][place],
        };
    }

    private static double Log(double number, double fewest) => number < fewest ? double.NaN : Math.Log(number);

    private static void Move(ref ColonyState colony, int part, double move)
    {
        switch (part)
        {
            case Breeding:
                colony.Breeding += move;
                break;
            case Exposure:
                colony.Exposure += move;
                break;
            case Laying:
                colony.Laying += move;
                break;
            case Loss:
                colony.Loss += move;
                break;
            case Forage:
                colony.Forage += move;
                break;
            default:
                Scale(ref colony, part, Math.Exp(move));
                break;
        }
    }

    /// <summary>Scales a number as a whole, by age and place alike.</summary>
    private static void Scale(ref ColonyState colony, int part, double factor)
    {
        if (part == Mites)
        {
            colony.MitesOnBees *= factor;
            for (var i = 0; i < MiteBiology.SealedDays; i++)
                colony.Mothers[i] *= factor;
        }
        else if (part == Bees)
        {
            colony.House *= factor;
            colony.Foragers *= factor;
            colony.Infested *= factor;
        }
        else if (part == Brood)
        {
            for (var i = 0; i < BeeBiology.DaysToEmerge; i++)
                colony.Cells[i] *= factor;
        }
        else
        {
            colony.StoresGrams *= factor;
        }
    }
}
