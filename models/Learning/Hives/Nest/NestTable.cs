using IotGateway.Learning.Evaluation;

namespace IotGateway.Learning.Hives.Nest;

/// <summary>Table of the nest's model.</summary>
internal static class NestTable
{
    private const string AsNow = "as now";

    /// <summary>Shares of the baseline's error that are wanted; of those not named here only less than 1.</summary>
    private static readonly Dictionary<string, (double Share, string Goal)> Goals = new()
    {
        ["temperature, 1 h"] = (0.86, "≤ .86 of the baseline"),
        ["temperature, 6 h"] = (0.83, "≤ .83 of the baseline"),
        ["temperature, 24 h, the weather ahead known"] = (0.96, "≤ .96 of the baseline"),
    };

    /// <summary>The lines about one target.</summary>
    public static IEnumerable<TableLine> Of(NestTarget target, IReadOnlyList<HeldOutRow> said)
    {
        var unit = target.Name.StartsWith('t') ? "°C" : "% humidity";
        var (share, goal) = Goals.GetValueOrDefault(target.Name, (1, "< the baseline"));
        yield return new HeldOutRows(target.Name, AsNow, said)
            .Error(unit, goal, (ours, theirs) => share < 1 ? ours <= share * theirs : ours < theirs);
        if (!target.TellsInterval)
            yield break;
        var rows = said.Where(r => !double.IsNaN(r.Low)).ToList();
        var (asNow, asSaid) = (SameWidth.Of(rows, r => r.Simple), SameWidth.Of(rows, r => r.Said));
        var table = new HeldOutRows(target.Name, "as now, one width for all", rows);
        foreach (var line in table.CoverageByGroup(asNow, "hive"))
            yield return line;
        yield return table.Pinball(asNow, unit, 0.83, "≤ .83 of the baseline");
        yield return new HeldOutRows(target.Name, "the model, one width for all", rows)
            .Pinball(asSaid, unit, 0.83, "≤ .83 of the baseline");
    }
}
