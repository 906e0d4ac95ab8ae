using System.Globalization;

namespace IotGateway.Cloud.Web;

/// <summary>Range of times that a request asks for: <c>from</c> ≤ time &lt; <c>to</c>. The one reading of both for all routes.</summary>
internal readonly record struct TimeRange(DateTimeOffset From, DateTimeOffset To)
{
    /// <param name="from">As asked for; null for <paramref name="span"/> before the end, or the beginning of time without one.</param>
    /// <param name="to">As asked for; null for <paramref name="end"/>.</param>
    /// <param name="end">The end where none is asked for.</param>
    /// <param name="span">The length where no beginning is asked for.</param>
    /// <returns>The range, or the answer that names what is wrong.</returns>
    public static (TimeRange Range, IResult? Refusal) Read(string? from, string? to, DateTimeOffset end, TimeSpan? span)
    {
        if (Parameters.Time(to, end) is not { } until)
            return (default, Problem.BadParameter("to", to, Parameters.TimeExpected));
        var earlier = until < end ? until : end;
        if (Parameters.Time(from, span is { } length ? Parameters.Before(earlier, length) : DateTimeOffset.MinValue) is not { } since)
            return (default, Problem.BadParameter("from", from, Parameters.TimeExpected));
        return since < until
            ? (new TimeRange(since, until), null)
            : (default, from is null
                ? Problem.BadParameter("to", to, $"a time after {Parameters.Text(since)}")
                : Problem.BadParameter("from", from, $"a time before to, which is {Parameters.Text(until)}"));
    }
}

/// <summary>Range of days that a request asks for, both of them included.</summary>
internal readonly record struct DayRange(DateOnly From, DateOnly To)
{
    private const string Expected = "a day such as 2021-07-01, years 1900 to 2199";

    /// <param name="from">As asked for; null for so many days up to the last that there are <paramref name="byDefault"/>.</param>
    /// <param name="to">As asked for; null for <paramref name="last"/>.</param>
    /// <param name="last">The last day where none is asked for.</param>
    /// <param name="byDefault">Days where no first one is asked for.</param>
    /// <param name="most">Days at most.</param>
    /// <returns>The range, or the answer that names what is wrong.</returns>
    public static (DayRange Range, IResult? Refusal) Read(string? from, string? to, DateOnly last, int byDefault, int most)
    {
        if (Day(to, last) is not { } until)
            return (default, Problem.BadParameter("to", to, Expected));
        if (Day(from, until.AddDays(1 - byDefault)) is not { } since)
            return (default, Problem.BadParameter("from", from, Expected));
        return since <= until && until.DayNumber - since.DayNumber < most
            ? (new DayRange(since, until), null)
            : (default, Problem.BadParameter("from", from, string.Create(
                CultureInfo.InvariantCulture, $"at most {most} days up to {until:yyyy-MM-dd}")));
    }

    private static DateOnly? Day(string? text, DateOnly byDefault) => text is null ? byDefault
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day.Year is >= 1900 and < 2200 ? day : null;
}
