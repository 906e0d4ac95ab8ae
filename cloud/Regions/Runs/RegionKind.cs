using IotGateway.Cloud.Forecasts.Record;
using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Regions.Runs;

/// <summary>Kind of forecast that an outlook holds: its record, and its word and truth in the outlook's and the survey's terms.</summary>
/// <param name="Record">Name, subjects and record.</param>
/// <param name="Outlook">The name of the outlook's model.</param>
/// <param name="Unit">The unit; <c>1</c> of a probability.</param>
/// <param name="Baseline">The name of what it is measured against.</param>
internal sealed record RegionKind(RecordedKind Record, string Outlook, string Unit, string Baseline)
{
    public const string Loss = "state-loss";
    public const string HighLoss = "state-high-loss";
    public const string Varroa = "state-varroa";

    /// <summary>The kind of the subjects.</summary>
    public const string State = "state";

    /// <summary>A printed percentage is rounded, so half a point less than 15 is one.</summary>
    private const double HighFrom = 14.5;

    private const int RecordDays = 10 * 365;

    public static readonly IReadOnlyList<RegionKind> All =
    [
        new(Recorded(Loss, "Colonies lost in a state's quarter"), Loss, "%", "the state's usual quarter"),
        new(Recorded(HighLoss, "Loss of 15 % or more in a state's quarter"), Loss, "1", "share of the state's same quarters"),
        new(Recorded(Varroa, "Colonies with Varroa in a state's quarter"), Varroa, "%", "the state's usual quarter"),
    ];

    /// <summary>Truth of a survey's percentage: itself, or whether it is a high loss.</summary>
    public double Truth(double percent) => Unit != "1" ? percent : percent >= HighFrom ? 1 : 0;

    /// <summary>The states, at a place of their own, which has no sensors and the real clock.</summary>
    public static SubjectGroup States()
    {
        var nation = new Site(
            "united-states", "United States", 39.8, -98.6, TimeZoneInfo.Utc, Origin.Live, Weather: null, Attribution: null);
        return new SubjectGroup(State, "regions",
        [
            .. RegionOutlooks.All.SelectMany(o => o.States).DistinctBy(s => s.State)
                .Select(s => new Subject(new SubjectId(State, s.Id), s.Name, nation, [])),
        ]);
    }

    private static RecordedKind Recorded(string name, string title) =>
        new(name, title, State, TimeSpan.FromDays(92), RecordDays, "quarter", Hourly: false);
}
