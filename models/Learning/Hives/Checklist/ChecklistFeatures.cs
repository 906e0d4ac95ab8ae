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

    public static readonly string[] Names =
    [
        .. Inspection.ItemNames.Select(i => $"{i} at the last visit"), "healthy at the last visit", "healthy at the visit before",
        "share of its visits healthy", "share of its items met", "logarithm of its visits", "days since the last visit",
        "neighbours' visits healthy, 45 days", "neighbours' items met, 45 days", "neighbours healthy when last seen, 60 days",
        "neighbours' visits healthy, 20 days", "healthy at the last visit × neighbours'", "share of its visits healthy × their number",
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
        var (share, theirs) = (Shrunk(own, Healthy), Shrunk(late, Healthy));
        return
        [
            .. last.Items, Healthy(last), own.Count > 1 ? Healthy(own[^2]) : UsualShare, share, own.Average(i => i.Met),
            Math.Log(own.Count), day.DayNumber - last.Day.DayNumber, theirs, Shrunk(late, i => i.Met), Shrunk(lastSeen, Healthy),
            Shrunk(Since(LatestDays), Healthy), Healthy(last) * theirs, (share - UsualShare) * Math.Log(own.Count + 1),
        ];

        List<Inspection> Since(int days) => [.. neighbours.Where(i => i.Day.DayNumber >= day.DayNumber - days)];
    }

    private static double Healthy(Inspection inspection) => inspection.Healthy ? 1 : 0;

    private static double Shrunk(IReadOnlyList<Inspection> inspections, Func<Inspection, double> value) =>
        (inspections.Sum(value) + (UsualWeight * UsualShare)) / (inspections.Count + UsualWeight);
}
