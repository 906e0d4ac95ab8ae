namespace IotGateway.Cloud.Forecasts.Record;

/// <summary>Kind of forecast as far as its record goes, whoever makes it and whenever its truth comes.</summary>
/// <param name="Name">Under which its forecasts and scores are kept.</param>
/// <param name="Title">Name on the pages.</param>
/// <param name="SubjectKind">The kind of its subjects.</param>
/// <param name="Farthest">The farthest that a step's time lies behind the as-of time.</param>
/// <param name="Days">Days that its record looks back on.</param>
/// <param name="Block">The stretch of time that intervals are drawn by, such as <c>week</c>.</param>
/// <param name="Hourly">Whether it is made each hour; else its truth comes when it comes.</param>
internal sealed record RecordedKind(
    string Name, string Title, string SubjectKind, TimeSpan Farthest, int Days, string Block, bool Hourly)
{
    /// <summary>Days that the record of an hourly kind looks back on.</summary>
    private const int HourlyDays = 92;

    public static RecordedKind Of(IForecastKind kind) =>
        new(kind.Name, kind.Title, kind.SubjectKind, kind.Farthest, HourlyDays, "week", Hourly: true);
}

/// <summary>All kinds that have a record: those of the hourly runs, and those that other rooms make in their own time.</summary>
internal sealed class RecordedKinds(IEnumerable<IForecastKind> hourly, IEnumerable<RecordedKind> others)
{
    public IReadOnlyList<RecordedKind> All { get; } = [.. hourly.Select(RecordedKind.Of), .. others];

    /// <summary>Kinds of one kind of subject.</summary>
    public IEnumerable<RecordedKind> Of(string subjectKind) => All.Where(k => k.SubjectKind == subjectKind);
}
