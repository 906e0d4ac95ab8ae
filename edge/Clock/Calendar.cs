using System.Globalization;
using System.Reflection;

namespace IotGateway.Edge.Clock;

/// <summary>
/// Bounds of what the time can be while this program is in use, for every witness alike: the system, a source, and what an earlier
/// process wrote down. Times beyond are also those with which no calendar can reckon.
/// </summary>
internal static class Calendar
{
    /// <summary>A program older than this runs nowhere.</summary>
    private const int MostYears = 20;

    /// <summary>The day this program was built: no time before it can be right.</summary>
    public static readonly DateTimeOffset Begin = DateTimeOffset.Parse(
        typeof(Calendar).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(a => a.Key == "BuildDate")?.Value
            ?? "2026-01-01",
        CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>A time before this comes from a clock that was never set; from then to the beginning lies what waited somewhere.</summary>
    public static readonly DateTimeOffset Earliest = new(2015, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>No time after this can be right.</summary>
    public static readonly DateTimeOffset End = Begin.AddYears(MostYears);

    /// <summary>Can it be that time?</summary>
    public static bool Holds(DateTimeOffset time) => time >= Begin && time <= End;

    /// <summary>Can something have happened at that time?</summary>
    public static bool HoldsEvent(DateTimeOffset time) => time >= Earliest && time <= End;

    /// <summary>Among an event's clocks, the best first, the one that can tell the time; else one that tells of an earlier event.</summary>
    public static DateTimeOffset? Choose(IEnumerable<DateTimeOffset> times) =>
        times.OrderByDescending(Holds).ThenByDescending(HoldsEvent).Cast<DateTimeOffset?>().FirstOrDefault();
}
