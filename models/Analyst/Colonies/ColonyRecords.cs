using System.Collections.Concurrent;
using System.Globalization;
using IotGateway.Science.Hive.Colony.Filter;

namespace IotGateway.Analyst.Colonies;

/// <summary>Runs simulated seasons and prints the record of each kind of equipment as tables of Markdown.</summary>
internal static class ColonyRecords
{
    /// <summary>Records by kind of equipment, in the order of <see cref="HiveEquipment.Kinds"/>.</summary>
    public static IReadOnlyList<ColonyRecord> Run(int seasons, ulong firstSeed, int particles = ColonyFilter.UsualParticles)
    {
        var words = new ConcurrentDictionary<int, IReadOnlyList<SeasonWord>>();
        Parallel.For(0, seasons, i => words[i] = SeasonTrial.Run(firstSeed + (ulong)i, particles));
        var spoken = words.OrderBy(w => w.Key).Select(w => w.Value).Where(w => w.Count > 0).ToList();
        return [.. Enumerable.Range(0, HiveEquipment.Kinds.Count).Select(k => new ColonyRecord([.. spoken.Select(s => s[k])]))];
    }

    public static void Print(IReadOnlyList<ColonyRecord> records, TextWriter output)
    {
        output.WriteLine(
            "| what the hive has | n | lost | Brier | of the base rate | gain, 95 % | AUC | farthest decile | bees now, in 80 % | width | "
            + "mites now, in 80 % | width | bees in 8 weeks, in 80 % | width |");
        output.WriteLine("| --- | ---: | ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var (equipment, record) in HiveEquipment.Kinds.Zip(records))
            output.WriteLine(Line(equipment, record));
        foreach (var (equipment, record) in HiveEquipment.Kinds.Zip(records))
        {
            output.WriteLine();
            output.WriteLine($"| {equipment.Name}: said | came | n |");
            output.WriteLine("| ---: | ---: | ---: |");
            foreach (var decile in record.Deciles)
                output.WriteLine($"| {Text(decile.Said)} | {Text(decile.Came)} | {decile.Count} |");
        }
    }

    private static string Line(HiveEquipment equipment, ColonyRecord record)
    {
        var gain = record.Gain() is { } g ? $"{Text(g.Low)} to {Text(g.High)}" : "–";
        var farthest = record.Deciles.Max(d => Math.Abs(d.Said - d.Came));
        var ranges = string.Concat(
            Enum.GetValues<RangedQuantity>().Select(q => $" {Text(record.Coverage(q))} | {Text(record.Width(q))} |"));
        return $"| {equipment.Name} | {record.Count} | {Text(record.BaseRate)} | {Text(record.Brier)} | "
            + $"{Text(record.BaseRate * (1 - record.BaseRate))} | {gain} | {Text(record.Area)} | {Text(farthest)} |{ranges}";
    }

    private static string Text(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
