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

    /// <summary>No time after this can be right.</summary>
    public static readonly DateTimeOffset End = Begin.AddYears(MostYears);

    /// <summary>Can it be that time?</summary>
    public static bool Holds(DateTimeOffset time) => time >= Begin && time <= End;
}
