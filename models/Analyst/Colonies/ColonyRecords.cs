using System.Collections.Concurrent;
using System.Globalization;
using IotGateway.Science.Hive.Colony.Filter;

namespace IotGateway.Analyst.Colonies;

/// <summary>Runs simulated seasons and prints the record of each kind of equipment as the tables of a model's card.</summary>
internal static class ColonyRecords
{
    /// <summary>Share that a range should hold, with what is taken for it.</summary>
    private const double Held = 0.8;

    private const double HeldWithin = 0.02;

    /// <summary>Farthest that what was said of a tenth may lie from what came.</summary>
    private const double SaidWithin = 0.05;

    /// <summary>Records by kind of equipment, in the order of <see cref="HiveEquipment.Kinds"/>.</summary>
    public static IReadOnlyList<ColonyRecord> Run(int seasons, ulong firstSeed, int particles = ColonyFilter.UsualParticles)
    {
        var words = new ConcurrentDictionary<int, IReadOnlyList<SeasonWord>>();
        Parallel.For(0, seasons, i => words[i] = SeasonTrial.Run(firstSeed + (ulong)i, particles));
        var spoken = words.OrderBy(w => w.Key).Select(w => w.Value).Where(w => w.Count > 0).ToList();
        return [.. Enumerable.Range(0, HiveEquipment.Kinds.Count).Select(k => new ColonyRecord([.. spoken.Select(s => s[k])]))];
    }

    /// <summary>Prints the rows, then the tenths with their counts.</summary>
    /// <param name="records">By kind of equipment.</param>
    /// <param name="looks">Times that the colonies of these seeds were looked at.</param>
    /// <param name="output">Where to.</param>
    public static void Print(IReadOnlyList<ColonyRecord> records, int looks, TextWriter output)
    {
        output.WriteLine("| rows | n | looks | measure | baseline | model | gain, 95 % | goal |");
        output.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var (equipment, record) in HiveEquipment.Kinds.Zip(records))
        {
            foreach (var line in Lines(record))
                output.WriteLine($"| simulated, {equipment.Name} | {record.Count} | {looks} | {line} |");
        }

        output.WriteLine();
        output.WriteLine($"| said → came (n) | {string.Join(" | ", HiveEquipment.Kinds.Select(k => k.Name))} |");
        output.WriteLine($"| --- |{string.Concat(records.Select(_ => " --- |"))}");
        for (var tenth = 0; tenth < records.Max(r => r.Deciles.Count); tenth++)
        {
            var cells = records.Select(r => tenth < r.Deciles.Count ? Cell(r.Deciles[tenth]) : "–");
            output.WriteLine($"| tenth {tenth + 1} | {string.Join(" | ", cells)} |");
        }
    }

    private static IEnumerable<string> Lines(ColonyRecord record)
    {
        var baseline = record.BaseRate * (1 - record.BaseRate);
        var (gain, helps) = record.Gain() is { } g ? ($"{Text(g.Low)} to {Text(g.High)}", g.Low > 0) : ("–", false);
        yield return $"loss by the end of April, Brier | base rate {Text(record.BaseRate)}: {Text(baseline)} | {Text(record.Brier)} | "
            + $"{gain} | a gain: {Met(helps)}";
        yield return $"the same, AUC | 0.500 | {Text(record.Area)} | – | –";
        var farthest = record.Deciles.Max(d => Math.Abs(d.Said - d.Came));
        yield return $"the same, farthest tenth | – | {Text(farthest)} | – | ± {Text(SaidWithin)}: {Met(farthest <= SaidWithin)}";
        foreach (var quantity in Enum.GetValues<RangedQuantity>())
        {
            var held = record.Coverage(quantity);
            yield return $"{Name(quantity)}, held by 80 % | – | {Text(held)} (width ÷ middle {Text(record.Width(quantity))}) | – | "
                + $"0.780 to 0.820: {Met(Math.Abs(held - Held) <= HeldWithin)}";
        }
    }

    private static string Name(RangedQuantity quantity) => quantity switch
    {
        RangedQuantity.BeesNow => "bees now",
        RangedQuantity.MitesNow => "mites now",
        _ => "bees in 8 weeks",
    };

    private static string Cell(Decile decile) => $"{Text(decile.Said)} → {Text(decile.Came)} ({decile.Count})";

    private static string Met(bool met) => met ? "met" : "not met";

    private static string Text(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
