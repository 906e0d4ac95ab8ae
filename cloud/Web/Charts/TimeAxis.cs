using System.Globalization;

namespace IotGateway.Cloud.Web.Charts;

/// <summary>A mark on the time axis.</summary>
/// <param name="Time">The instant, UTC.</param>
/// <param name="Label">Wall-clock time in the hive's zone.</param>
/// <param name="Day">Whether a day begins there.</param>
internal sealed record TimeTick(DateTimeOffset Time, string Label, bool Day);

/// <summary>Marks at round wall-clock times of a zone, right also on the days with 23 and 25 hours.</summary>
internal static class TimeAxis
{
    private static readonly int[] StepHours = [1, 3, 6, 12, 24, 48, 120, 240];

    /// <summary>The marks in [from, to], at most about <paramref name="most"/>.</summary>
    public static IReadOnlyList<TimeTick> Ticks(DateTimeOffset from, DateTimeOffset to, TimeZoneInfo zone, int most)
    {
        var step = StepHours.FirstOrDefault(h => (to - from).TotalHours / h <= most, StepHours[^1]);
        var ticks = new List<TimeTick>();
        for (var wall = TimeZoneInfo.ConvertTime(from, zone).Date; ; wall = wall.AddHours(Math.Min(step, 24)))
        {
            var time = ToInstant(wall, zone);
            if (time > to)
                return ticks;
            if (time is { } t && t >= from && IsMark(wall, step))
                ticks.Add(new TimeTick(t, Label(wall), wall.TimeOfDay == TimeSpan.Zero));
        }
    }

    /// <summary>The offsets from UTC in force between two times, such as <c>UTC−04:00</c>.</summary>
    public static string Offsets(DateTimeOffset from, DateTimeOffset to, TimeZoneInfo zone)
    {
        var (first, last) = (zone.GetUtcOffset(from), zone.GetUtcOffset(to));
        return first == last ? Offset(first) : $"{Offset(first)}, later {Offset(last)}";
    }

    private static string Offset(TimeSpan offset) =>
        string.Create(CultureInfo.InvariantCulture, $"UTC{(offset < TimeSpan.Zero ? '−' : '+')}{offset:hh\\:mm}");

    private static bool IsMark(DateTime wall, int stepHours) =>
        stepHours <= 24 || (DateOnly.FromDateTime(wall).DayNumber % (stepHours / 24)) == 0;

    private static string Label(DateTime wall) =>
        wall.ToString(wall.TimeOfDay == TimeSpan.Zero ? "d MMM" : "HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The instant of a wall-clock time, the first of two; null when the clock skips it.</summary>
    private static DateTimeOffset? ToInstant(DateTime wall, TimeZoneInfo zone)
    {
        if (zone.IsInvalidTime(wall))
            return null;
        var offset = zone.IsAmbiguousTime(wall) ? zone.GetAmbiguousTimeOffsets(wall).Max() : zone.GetUtcOffset(wall);
        return new DateTimeOffset(wall, offset).ToUniversalTime();
    }
}
