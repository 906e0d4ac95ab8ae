using IotGateway.Learning.Linear;

namespace IotGateway.Learning.Hives.Checklist;

/// <summary>Probability that a hive is healthy at its next visit, learnt with each apiary held out, and before 2018.</summary>
internal static class ChecklistModel
{
    private const string Healthy = "healthy";
    private const string Later = "from 2018 on";
    private const int FirstLaterYear = 2018;

    private static readonly Recipe Recipe = new(Fits.Odds, Loss, ChecklistFeatures.Sets, [30]);

    public static LearntLines Learn(ChecklistRows rows) => new(ChecklistFeatures.Names,
    [
        .. Recipe.LearnEach(Healthy, [.. rows.Usable.Select(r => r.Example)]),
        Recipe.Learn(Later, Healthy, [.. rows.Usable.Where(r => !IsLater(r)).Select(r => r.Example)]),
    ]);

    public static HeldOutJudgement Judge(ChecklistRows rows, LearntLines models)
    {
        var apiaries = rows.Usable.Select(r => Say(
            r, models.Without(r.Example.Group, Healthy), rows.Usable.Where(o => o.Example.Group != r.Example.Group))).ToList();
        var before = rows.Usable.Where(r => !IsLater(r)).ToList();
        var later = rows.Usable.Where(IsLater).Select(r => Say(r, models.Without(Later, Healthy), before)).ToList();
        var one = new HeldOutRows("the next visit, apiary held out", "last visit", apiaries);
        var other = new HeldOutRows("visits from 2018 on, trained before", "last visit", later);
        return new(
            [
                one.Area(Healthy, "≥ .81", area => area >= 0.81), one.Brier(Healthy, "≤ .167", (ours, _) => ours <= 0.167),
                other.Area(Healthy, "≥ .76", area => area >= 0.76), other.Brier(Healthy, "≤ .168", (ours, _) => ours <= 0.168),
            ],
            [.. apiaries, .. later], rows.SetAside);
    }

    /// <summary>Statement beside the share of hives, of those learnt from, that were healthy after such a last visit.</summary>
    private static HeldOutRow Say(ChecklistRow row, LearntLine line, IEnumerable<ChecklistRow> seen) => new(
        Healthy, row.Example.Group, (12 * row.Day.Year) + row.Day.Month, row.Example.Target,
        seen.Where(o => o.LastHealthy == row.LastHealthy).Average(o => o.Example.Target), Fits.Chance(line.Model.At(row.Example.Features)),
        double.NaN, double.NaN);

    private static bool IsLater(ChecklistRow row) => row.Day.Year >= FirstLaterYear;

    private static double Loss(double odds, double target) => Math.Pow(Fits.Chance(odds) - target, 2);
}
