using IotGateway.Learning.Evaluation;
using IotGateway.Learning.Linear;
using IotGateway.Science.Hive.Learnt;

namespace IotGateway.Learning.Hives.Mites;

/// <summary>Mites a hundred bees at the next wash, learnt with each yard held out: a sum on the root of the share.</summary>
internal static class MiteModel
{
    private const string Mites = "mites a 100 bees";
    private const string Many = "3 or more";

    private static readonly Recipe Recipe = new(Fits.Absolute, Loss, MiteRows.Sets, [1, 10, 100]);

    public static LearntLines Learn(MiteRows rows) =>
        new(MiteRows.Features, [.. Recipe.LearnEach(Mites, [.. rows.Usable.Select(r => r.Example)])]);

    public static HeldOutJudgement Judge(MiteRows rows, LearntLines models)
    {
        string[] parents = [.. rows.Usable.Select(r => r.Parent).Distinct()];
        var values = rows.Usable.Select(r => Value(r, models, Array.IndexOf(parents, r.Parent))).ToList();
        var events = rows.Usable.Select(r => Event(r, models, rows.Usable, Array.IndexOf(parents, r.Parent))).ToList();
        const string Rows = "the final wash, yard held out";
        var ranked = events.Select((e, i) => e with { Simple = Math.Min(rows.Usable[i].Before.PerHundred / 100, 1) });
        return new(
            [
                new HeldOutRows(Rows, "as on day 77", [.. values.Select((v, i) => v with { Simple = rows.Usable[i].Before.PerHundred })])
                    .Error(Mites, "< the baseline", (ours, theirs) => ours < theirs),
                new HeldOutRows(Rows, "twice day 77", values).Error(Mites, "≤ 2.30", (ours, _) => ours <= 2.30),
                new HeldOutRows(Rows, "by day 77", [.. ranked]).Area(Many, "≥ .84", area => area >= 0.84),
                new HeldOutRows(Rows, "share in the other yards", events)
                    .Brier(Many, "< the baseline", (ours, theirs) => ours < theirs),
                new HeldOutRows(Rows, "what it should be", values).Coverage(),
            ],
            [.. values, .. events], rows.SetAside);
    }

    /// <summary>Statement about a colony by the line that has not seen its yard, beside twice the wash of day 77.</summary>
    private static HeldOutRow Value(MiteRow row, LearntLines models, int parent)
    {
        var line = models.Without(row.Example.Group, Mites);
        var root = line.Model.At(row.Example.Features);
        return new(Mites, Block(row), parent, row.After.PerHundred, 2 * row.Before.PerHundred, MiteOutlook.PerHundred(root),
            MiteOutlook.PerHundred(root + line.Low), MiteOutlook.PerHundred(root + line.High));
    }

    /// <summary>The probability of many mites, beside their share in the other yards.</summary>
    private static HeldOutRow Event(MiteRow row, LearntLines models, IReadOnlyList<MiteRow> all, int parent)
    {
        var line = models.Without(row.Example.Group, Mites);
        return new(Many, Block(row), parent, IsMany(row), all.Where(r => r.Example.Group != row.Example.Group).Average(IsMany),
            MiteOutlook.ChanceOfMany(line.Model.At(row.Example.Features), line.Low, line.High), double.NaN, double.NaN);
    }

    /// <summary>Block of the draws, a yard's colonies with one treatment, since four yards are too few; the other is the parent.</summary>
    private static string Block(MiteRow row) =>
        $"{row.Example.Group} {row.Example.Features.Skip(MiteFeatures.FirstTreatment).ToList().IndexOf(1)}";

    private static double IsMany(MiteRow row) => row.After.PerHundred >= MiteOutlook.Many ? 1 : 0;

    private static double Loss(double root, double target) =>
        Math.Abs(MiteOutlook.PerHundred(root) - MiteOutlook.PerHundred(target));
}
