using System.Globalization;

namespace IotGateway.Cloud.Regions.Runs;

/// <summary>Quarter of a year, written <c>2025 Q3</c>.</summary>
/// <param name="Year">2000 to 2199.</param>
/// <param name="Number">1 (January to March) to 4.</param>
internal readonly record struct SurveyQuarter(int Year, int Number)
{
    /// <summary>The day of August by which the year's report has come out.</summary>
    private const int ReportDay = 5;

    public DateTimeOffset Begin => new(Year, (3 * Number) - 2, 1, 0, 0, 0, TimeSpan.Zero);

    public DateTimeOffset End => Begin.AddMonths(3);

    /// <summary>
    /// Time from which on the survey of this quarter is taken as known: a report comes out by August, with the year before and the first
    /// half of its own.
    /// </summary>
    public DateTimeOffset KnownFrom => new(Number <= 2 ? Year : Year + 1, 8, ReportDay, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A quarter as it is written.</summary>
    public static SurveyQuarter Parse(string text) => new(
        int.Parse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture),
        int.Parse(text.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year} Q{Number}");
}
