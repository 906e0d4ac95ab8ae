using IotGateway.Science.Hive.Colony.Biology;
using IotGateway.Science.Hive.Colony.Drawing;
using IotGateway.Science.Hive.Colony.Model;

namespace IotGateway.Science.Hive.Colony.Filter;

/// <summary>
/// Spread of particles that were drawn anew. Copies are moved apart and all a little towards the middle, which leaves mean and variance of
/// the logarithms as they were (Liu and West 2001): of the mites, which multiply and are seldom counted, so that their number hangs on few
/// ancestors, of the bees, the brood and the food. Each is scaled as a whole, by age and place alike.
/// </summary>
internal static class Spread
{
    /// <summary>Share of the deviation that is drawn anew.</summary>
    private const double Fresh = 0.2;

    private const int Mites = 0;
    private const int Bees = 1;
    private const int Brood = 2;
    private const int Stores = 3;
    private const int Parts = 4;

    /// <summary>Moves the mites alone: a day's sensors tell the other parts, day by day.</summary>
    /// <param name="colonies">The colonies.</param>
    /// <param name="logs">Room for a number of each.</param>
    /// <param name="noise">What the moves are drawn from.</param>
    public static void RestoreMites(Span<ColonyState> colonies, Span<double> logs, ref Noise noise) =>
        Restore(colonies, Mites, logs, ref noise);

    /// <summary>Moves all parts, as an inspection tells of all at once.</summary>
    public static void RestoreAll(Span<ColonyState> colonies, Span<double> logs, ref Noise noise)
    {
        for (var part = Mites; part < Parts; part++)
            Restore(colonies, part, logs, ref noise);
    }

    private static void Restore(Span<ColonyState> colonies, int part, Span<double> logs, ref Noise noise)
    {
        var (sum, squares, alive) = (0.0, 0.0, 0);
        for (var i = 0; i < colonies.Length; i++)
        {
            if (colonies[i].IsDead)
                continue;
            var log = logs[i] = Log(colonies[i], part);
            (sum, squares, alive) = (sum + log, squares + (log * log), alive + 1);
        }

        if (alive == 0)
            return;
        var mean = sum / alive;
        var deviation = Math.Sqrt(Math.Max((squares / alive) - (mean * mean), 0));
        var kept = Math.Sqrt(1 - (Fresh * Fresh));
        for (var i = 0; i < colonies.Length; i++)
        {
            if (colonies[i].IsDead)
                continue;
            var move = ((kept - 1) * (logs[i] - mean)) + (Fresh * deviation * noise.Normal());
            Scale(ref colonies[i], part, Math.Exp(move));
        }
    }

    private static double Log(in ColonyState colony, int part) => Math.Log(Math.Max(
        part switch
        {
            Mites => colony.MitesOnBees + colony.MitesInCells,
            Bees => colony.Bees,
            Brood => colony.BroodCells,
            _ => colony.StoresGrams,
        },
        1e-3));

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
