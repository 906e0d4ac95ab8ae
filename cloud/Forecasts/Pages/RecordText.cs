using System.Globalization;
using IotGateway.Cloud.Forecasts.Record;
using IotGateway.Cloud.Web;
using IotGateway.Science.Scores;

namespace IotGateway.Cloud.Forecasts.Pages;

/// <summary>Words and numbers of records and forecasts, as written on the pages.</summary>
internal static class RecordText
{
    /// <summary>Name of a measure, with what it measures.</summary>
    public static string Measure(string name) => name switch
    {
        Measures.AbsoluteError => "mean error",
        Measures.Pinball => "pinball loss",
        Measures.Crps => "CRPS",
        Measures.Covered => "within the interval",
        Measures.Brier => "Brier score",
        _ => name,
    };

    public static string Value(Skill skill, string unit) => skill.Measure == Measures.Covered
        ? Share(skill.Mean)
        : Number(skill.Mean, skill.Measure == Measures.Brier ? "" : unit);

    /// <summary>An interval of a measure; a dash where it cannot be told.</summary>
    public static string Interval(ScoreInterval? interval, string measure) => interval is not { } i ? "–"
        : measure == Measures.Covered ? $"{Share(i.Low)} to {Share(i.High)}"
        : string.Create(CultureInfo.InvariantCulture, $"{Signed(i.Low)} to {Signed(i.High)}");

    public static string Number(double value, string unit) =>
        $"{value.ToString("0.000", CultureInfo.InvariantCulture)} {Shown.Unit(unit)}".TrimEnd();

    public static string Signed(double value) => value.ToString("0.000;−0.000;0.000", CultureInfo.InvariantCulture);

    public static string Share(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    public static string Ahead(double hours) => hours switch
    {
        < 48 => string.Create(CultureInfo.InvariantCulture, $"{hours:0.#} h"),
        < 28 * 24 => string.Create(CultureInfo.InvariantCulture, $"{hours / 24:0.#} days"),
        _ => $"about {Shown.Count((long)Math.Round(hours / 720), "month")}",
    };

    /// <summary>Time that a step speaks of: an hour, or the quarter that ends then.</summary>
    public static string When(RecordedKind kind, DateTimeOffset validAt, TimeZoneInfo zone)
    {
        if (kind.Hourly)
            return Shown.Time(validAt, zone);
        var last = validAt.UtcDateTime.AddDays(-1);
        return string.Create(CultureInfo.InvariantCulture, $"{last.Year} Q{(last.Month + 2) / 3}");
    }

    /// <summary>Length of the time that a record looks back on.</summary>
    public static string Period(int days) => days < 730 ? Shown.Count(days, "day") : Shown.Count(days / 365, "year");

    /// <summary>Expectation of a step: its value, or its probability.</summary>
    public static string Expected(ForecastStep step) => step.Value is { } value ? Plain(value, step.Unit) : Share(step.Probability ?? 0);

    /// <summary>The outermost quantiles; a dash where there are none.</summary>
    public static string Range(ForecastStep step) => step.Quantiles is [var low, .., var high]
        ? string.Create(CultureInfo.InvariantCulture, $"{low.Value:0.00} to {high.Value:0.00} {Shown.Unit(step.Unit)}")
        : "–";

    public static string Plain(double value, string unit) =>
        $"{value.ToString("0.00", CultureInfo.InvariantCulture)} {(unit == "1" ? "" : Shown.Unit(unit))}".TrimEnd();

    /// <summary>The truth, with how far the forecast lay from it.</summary>
    public static string Came(ForecastScore score) => score.Said.Value is { } value
        ? $"{Plain(score.Observed, score.Said.Unit)}, off by {Signed(score.Observed - value)}"
        : score.Observed > 0.5 ? "it came" : "it did not come";

    public static string Within(ForecastScore score) =>
        score.Measures.FirstOrDefault(m => m.Name == Measures.Covered) is { Name: not null } held ? held.Value > 0 ? "yes" : "no" : "–";

    /// <summary>Judgement of a model by its gain over the baseline, in words.</summary>
    public static string Verdict(ModelRecord record, RecordPart part)
    {
        var skill = part.Skills.FirstOrDefault(s => s.Measure is Measures.AbsoluteError or Measures.Brier);
        return skill switch
        {
            null or { Gain: null } => "no baseline to compare with",
            { Gain: 0 } => $"says “{part.Baseline}” itself; the interval is what it adds",
            { GainInterval: null } => $"too few {record.SubjectKind}s or {record.Block}s to tell",
            { Helps: true } => $"better than “{part.Baseline}”",
            { GainInterval: { High: < 0 } } => $"worse than “{part.Baseline}”",
            _ => $"not told apart from “{part.Baseline}”",
        };
    }
}
