using IotGateway.Science.Scores;

namespace IotGateway.Cloud.Forecasts.Record;

/// <summary>Record of one kind of forecast: what was said, and what came, by model and by how far ahead.</summary>
/// <param name="Kind">The kind's name.</param>
/// <param name="Title">Its name on the pages.</param>
/// <param name="SubjectKind">The kind of its subjects, such as <c>hive</c>.</param>
/// <param name="Block">The stretch of time by which intervals are drawn beside subjects, such as <c>week</c>.</param>
/// <param name="Days">Days that it looks back on from the sites' clocks.</param>
/// <param name="Subjects">Subjects that were looked at.</param>
/// <param name="LeftOut">Subjects that were not: not yet, or beyond what a record holds.</param>
/// <param name="Parts">One for each model, version and horizon that has scores.</param>
internal sealed record ModelRecord(
    string Kind, string Title, string SubjectKind, string Block, int Days, int Subjects, int LeftOut, IReadOnlyList<RecordPart> Parts);

/// <summary>Scores of one model's forecasts so far ahead.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Baseline">What it is measured against.</param>
/// <param name="HoursAhead">From the as-of time to the time that was forecast; from four weeks on in months of 720 hours.</param>
/// <param name="Unit">The steps'; <c>1</c> of a probability.</param>
/// <param name="From">The first time that was forecast.</param>
/// <param name="To">The last.</param>
/// <param name="Count">Scored steps.</param>
/// <param name="StoodIn">Those of them in which the local model stood in for an endpoint.</param>
/// <param name="Subjects">Subjects that they are of.</param>
/// <param name="Weeks">Weeks that they lie in; of what is told by quarters, the quarters.</param>
/// <param name="Skills">By each measure.</param>
/// <param name="Reliability">What was said beside how often it came, ascending.</param>
/// <param name="Brier">The parts of the Brier score; null where no probability is said.</param>
internal sealed record RecordPart(
    string Model, string Version, string Baseline, double HoursAhead, string Unit, DateTimeOffset From, DateTimeOffset To, int Count,
    int StoodIn, int Subjects, int Weeks, IReadOnlyList<Skill> Skills, IReadOnlyList<ReliabilityPoint> Reliability, BrierParts? Brier);

/// <summary>Mean of a measure with its interval, against the baseline's.</summary>
/// <param name="Measure">Its name.</param>
/// <param name="Mean">Over all scored steps.</param>
/// <param name="Interval">
/// In which the mean lies with 95 %: by drawing subjects and by drawing weeks, the wider of the two; null where either are too few.
/// </param>
/// <param name="Baseline">The baseline's mean; null where it has none.</param>
/// <param name="Gain">The baseline's less ours: above 0 it helps.</param>
/// <param name="GainInterval">As <paramref name="Interval"/>, of the gain.</param>
internal sealed record Skill(
    string Measure, double Mean, ScoreInterval? Interval, double? Baseline, double? Gain, ScoreInterval? GainInterval)
{
    /// <summary>True where even the interval's lower end is a gain.</summary>
    public bool Helps => GainInterval is { Low: > 0 };
}

/// <summary>Point of a reliability diagram.</summary>
/// <param name="Said">Of quantiles the share of truths that was to stay below, of probabilities the mean that was said in the bin.</param>
/// <param name="Came">Share that did.</param>
/// <param name="Count">Truths in the bin: of quantiles those between the one before and this one.</param>
internal readonly record struct ReliabilityPoint(double Said, double Came, int Count);
