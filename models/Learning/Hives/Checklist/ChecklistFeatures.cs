namespace IotGateway.Learning.Hives.Checklist;

/// <summary>Features of a hive on the day before an inspection: its own inspections and its neighbours', none of that day.</summary>
internal static class ChecklistFeatures
{
    /// <summary>A hive without history counts as this share healthy, a round figure.</summary>
    private const double UsualShare = 0.4;

    private const double UsualWeight = 2;
    private const int LateDays = 45;
    private const int LatestDays = 20;
    private const int LastVisitDays = 60;

    /// <summary>Days in which a visit comes to weigh half, and in which the last one comes to tell 1/e of what it told.</summary>
    private const double HalfDays = 40;
    private const double FadingDays = 20;
    private const double UsualItems = 4.5;

    public static readonly string[] Names =
    [
        .. Inspection.ItemNames.Select(i => $"{i} at the last visit"), "healthy at the last visit", "healthy at the visit before",
        "share of its visits healthy", "days since the last visit", "neighbours' visits healthy, 45 days",
        "neighbours healthy when last seen, 60 days", "neighbours' visits healthy, 20 days", "healthy at the last visit × neighbours'",
        "share of its visits healthy × their number", "healthy at the last visit, fading", "items met at the last visit, fading",
        .. Inspection.ItemNames.Select(i => $"{i} at its visits, the later the more"),
    ];

    /// <summary>All of them.</summary>
    public static readonly int[][] Sets = [[.. Enumerable.Range(0, Names.Length)]];

    /// <summary>The features.</summary>
    /// <param name="own">The hive's inspections before the day, oldest first, at least one.</param>
    /// <param name="neighbours">Those of other hives of its apiary before the day, oldest first.</param>
    /// <param name="day">The day of the next one.</param>
    public static double[] Of(IReadOnlyList<Inspection> own, IReadOnlyList<Inspection> neighbours, DateOnly day)
    {
        var last = own[^1];
        var late = Since(LateDays);
        var lastSeen = Since(LastVisitDays).GroupBy(i => i.Hive).Select(h => h.Last()).ToList();
        var (share, theirs, days) = (Shrunk(own, Healthy), Shrunk(late, Healthy), day.DayNumber - last.Day.DayNumber);
        var fading = Math.Exp(-days / FadingDays);
        return
        [
            .. last.Items, Healthy(last), own.Count > 1 ? Healthy(own[^2]) : UsualShare, share, days, theirs, Shrunk(lastSeen, Healthy),
            Shrunk(Since(LatestDays), Healthy), Healthy(last) * theirs, (share - UsualShare) * Math.Log(own.Count + 1),
            fading * Healthy(last), fading * (last.Items.Sum() - UsualItems), .. last.Items.Select((_, i) => Late(i)),
        ];

        double Late(int item)
        {
            var weights = own.Select(v => Math.Pow(0.5, (day.DayNumber - v.Day.DayNumber) / HalfDays)).ToList();
            return (own.Zip(weights, (v, w) => w * v.Items[item]).Sum() + UsualShare) / (weights.Sum() + 1);
        }

        List<Inspection> Since(int days) => [.. neighbours.Where(i => i.Day.DayNumber >= day.DayNumber - days)];
    }

    private static double Healthy(Inspection inspection) => inspection.Healthy ? 1 : 0;

    private static double Shrunk(IReadOnlyList<Inspection> inspections, Func<Inspection, double> value) =>
        (inspections.Sum(value) + (UsualWeight * UsualShare)) / (inspections.Count + UsualWeight);
}
