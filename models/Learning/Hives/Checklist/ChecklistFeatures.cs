namespace IotGateway.Learning.Hives.Checklist;

/// <summary>Features of a hive on the day before an inspection: its own inspections and its neighbours', none of that day.</summary>
internal static class ChecklistFeatures
{
    /// <summary>A hive without history counts as this share healthy, a round figure.</summary>
    private const double UsualShare = 0.4;

    private const double UsualWeight = 2;
    private const int NeighbourDays = 45;
    private const double Year = 365.25;

    public static readonly string[] Names =
    [
        .. Inspection.ItemNames.Select(i => $"{i} at the last visit"), "healthy at the last visit", "healthy at the visit before",
        "share of its visits healthy", "share of its items met", "logarithm of its visits", "days since the last visit",
        "neighbours' share healthy of late", "neighbours' items met of late", "season, sine", "season, cosine", "in Utah",
    ];

    /// <summary>Sets of features to choose from: the hive's own, and with neighbours and season.</summary>
    public static readonly int[][] Sets = [[.. Enumerable.Range(0, 12)], [.. Enumerable.Range(0, Names.Length)]];

    /// <summary>The features.</summary>
    /// <param name="own">The hive's inspections before the day, oldest first, at least one.</param>
    /// <param name="neighbours">Those of other hives of its apiary before the day.</param>
    /// <param name="day">The day of the next one.</param>
    public static double[] Of(IReadOnlyList<Inspection> own, IReadOnlyList<Inspection> neighbours, DateOnly day)
    {
        var last = own[^1];
        var late = neighbours.Where(i => i.Day.DayNumber >= day.DayNumber - NeighbourDays).ToList();
        var angle = 2 * Math.PI * day.DayOfYear / Year;
        return
        [
            .. last.Items, last.Healthy ? 1 : 0, own.Count > 1 ? own[^2].Healthy ? 1 : 0 : UsualShare,
            Shrunk(own, i => i.Healthy ? 1 : 0), own.Average(i => i.Met), Math.Log(own.Count), day.DayNumber - last.Day.DayNumber,
            Shrunk(late, i => i.Healthy ? 1 : 0), Shrunk(late, i => i.Met), Math.Sin(angle), Math.Cos(angle), last.State == "UT" ? 1 : 0,
        ];
    }

    private static double Shrunk(IReadOnlyList<Inspection> inspections, Func<Inspection, double> value) =>
        (inspections.Sum(value) + (UsualWeight * UsualShare)) / (inspections.Count + UsualWeight);
}
