using IotGateway.Learning.Linear;
using IotGateway.Science;

namespace IotGateway.Learning.Hives.Nest;

/// <summary>Temperature and humidity in a hive, learnt with each hive and fortnight held out, with the hive's own interval.</summary>
internal static class NestModel
{
    private const double Penalty = 1;

    /// <summary>Learns each target; one line for each hive and fortnight, and one that has seen all.</summary>
    public static LearntLines Learn(NestHours nests, IReadOnlyList<NestTarget> targets) =>
        new(NestFeatures.Names, [.. targets.SelectMany(t => LearnEach(t, t.Rows(nests)))]);

    public static LearntLine LearnOne(NestTarget target, List<NestRow> rows, string hive, int fortnight) =>
        Fit(target, $"{hive} {fortnight}", [.. rows.Where(r => r.Hive != hive && r.Fortnight != fortnight)]);

    /// <summary>Every statement about a row by the line that has not seen it; the interval from the hive's own last 14 days.</summary>
    public static IEnumerable<HeldOutRow> Say(LearntLines models, NestTarget target, List<NestRow> rows)
    {
        foreach (var hive in rows.GroupBy(r => r.Hive))
        {
            var own = hive.ToList();
            foreach (var fold in own.GroupBy(r => r.Fold))
            {
                var line = models.Without(fold.Key, target.Name);
                var reach = Reach.Of(line.Interval);
                double[] errors = [.. own.Select(r => r.Example.Target - line.Model.At(r.Example.Features))];
                foreach (var row in fold)
                {
                    var said = row.Now + line.Model.At(row.Example.Features);
                    var (low, high) = OwnInterval.Of(OwnInterval.Past(own, errors, row.At, target.Horizon), reach);
                    yield return new(
                        target.Name, row.Hive, row.Fortnight, row.Now + row.Example.Target, row.Now, said, said + low, said + high);
                }
            }
        }
    }

    public static HeldOutJudgement Judge(NestHours nests, LearntLines models)
    {
        var said = NestTarget.All.Select(t => Say(models, t, t.Rows(nests)).ToList()).ToList();
        return new(
            [.. NestTarget.All.SelectMany((t, i) => NestTable.Of(t, said[i]))], [.. said.SelectMany(s => s)], []);
    }

    private static IEnumerable<LearntLine> LearnEach(NestTarget target, List<NestRow> rows)
    {
        foreach (var fold in rows.Select(r => (r.Hive, r.Fortnight)).Distinct().OrderBy(f => f.Hive, StringComparer.Ordinal)
            .ThenBy(f => f.Fortnight))
        {
            yield return LearnOne(target, rows, fold.Hive, fold.Fortnight);
        }

        yield return Fit(target, LearntLine.None, rows);
    }

    private static LearntLine Fit(NestTarget target, string heldOut, IReadOnlyList<NestRow> rows)
    {
        var model = Fits.Absolute([.. rows.Select(r => r.Example)], target.Columns, Penalty);
        double[] errors = [.. rows.Select(r => r.Example.Target - model.At(r.Example.Features)).Order()];
        var reach = target.TellsInterval ? ReachChoice.Of(rows, model, target.Horizon) : Reach.Plain;
        return new(heldOut, target.Name, model, ConformalQuantile.Of(errors, 0.1), ConformalQuantile.Of(errors, 0.9), reach.Name);
    }
}
