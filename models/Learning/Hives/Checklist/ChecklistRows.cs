using IotGateway.Learning.Linear;
using IotGateway.Tables;

namespace IotGateway.Learning.Hives.Checklist;

/// <summary>Inspection that follows another of its hive 3 to 60 days later.</summary>
/// <param name="Day">The day of it.</param>
/// <param name="LastHealthy">Whether the hive was healthy at the one before.</param>
/// <param name="Example">What was known on the day before, and 1 for healthy; its group is the apiary.</param>
internal sealed record ChecklistRow(DateOnly Day, bool LastHealthy, Example Example);

/// <summary>Pairs of inspections, twins dropped.</summary>
/// <param name="Usable">The pairs, by hive and day.</param>
/// <param name="SetAside">What was dropped, by reason.</param>
internal sealed record ChecklistRows(IReadOnlyList<ChecklistRow> Usable, IReadOnlyList<(string Reason, int Count)> SetAside)
{
    private const int FewestDays = 3;
    private const int MostDays = 60;

    /// <summary>The rows of a table.</summary>
    public static ChecklistRows Of(Table table)
    {
        var dated = table.Rows.Select(Inspection.Of).OfType<Inspection>().ToList();
        var single = dated.DistinctBy(i => (i.Hive, i.Day)).OrderBy(i => i.Day).ToList();
        var byApiary = single.ToLookup(i => i.Apiary);
        var pairs = new List<ChecklistRow>();
        var apart = 0;
        foreach (var hive in single.GroupBy(i => i.Hive))
        {
            var visits = hive.ToList();
            for (var next = 1; next < visits.Count; next++)
            {
                if (visits[next].Day.DayNumber - visits[next - 1].Day.DayNumber is < FewestDays or > MostDays)
                {
                    apart++;
                    continue;
                }

                var neighbours = byApiary[visits[next].Apiary].Where(i => i.Hive != hive.Key && i.Day < visits[next].Day);
                var features = ChecklistFeatures.Of(visits[..next], [.. neighbours], visits[next].Day);
                pairs.Add(new(visits[next].Day, visits[next - 1].Healthy, new(
                    visits[next].Apiary, features, visits[next].Healthy ? 1 : 0)));
            }
        }

        return new(pairs,
        [
            ("inspections without a date", table.Rows.Count - dated.Count),
            ("twins of a hive and day", dated.Count - single.Count),
            ($"inspections less than {FewestDays} or more than {MostDays} days after the last", apart),
        ]);
    }
}
