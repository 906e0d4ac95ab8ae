using System.Globalization;
using IotGateway.Cloud.Sites;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Web;

/// <summary>Texts of values, times and states on the pages.</summary>
internal static class Shown
{
    public static string Value(double value, string unit, double resolution)
    {
        var decimals = (int)Math.Clamp(Math.Ceiling(-Math.Log10(Math.Max(resolution, 0.01))), 0, 2);
        return $"{Number(value, $"N{decimals}")} {Unit(unit)}".TrimEnd();
    }

    public static string Tenths(double? value, string unit) =>
        value is { } v ? $"{Number(v, "0.0")} {unit}" : "unknown";

    /// <summary>A number in a form, or as a power of ten where it would have too many digits to be read.</summary>
    public static string Number(double value, string form) =>
        value.ToString(Math.Abs(value) < 1e9 ? form : "0.0##E+0", CultureInfo.InvariantCulture);

    /// <summary>A SenML unit as people write it.</summary>
    public static string Unit(string senml) => senml switch
    {
        "Cel" => "°C",
        "%RH" or "%EL" => "%",
        "ug/m3" => "µg/m³",
        "W/m2" => "W/m²",
        "count" => "",
        "deg" or "lat" or "lon" => "°",
        _ => senml,
    };

    /// <summary>Age in the coarsest unit that says it.</summary>
    public static string Age(TimeSpan age) => age switch
    {
        { TotalMinutes: < 1 } => "less than a minute",
        { TotalMinutes: < 90 } => Count(Math.Max(1, (long)age.TotalMinutes), "minute"),
        { TotalHours: < 48 } => Count(Math.Max(1, (long)age.TotalHours), "hour"),
        _ => Count(Math.Max(1, (long)age.TotalDays), "day"),
    };

    /// <summary>Wall-clock time in a zone, with the day.</summary>
    public static string Time(DateTimeOffset time, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(time, zone).ToString("ddd d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    public static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Origin of a site's readings, in a few words.</summary>
    public static string Origin(Site site, DateTimeOffset? newest) => site.Origin switch
    {
        Sites.Origin.Recorded =>
            newest is { } time ? $"recorded {time.Year.ToString(CultureInfo.InvariantCulture)}, replayed" : "recorded, replayed",
        Sites.Origin.Synthetic => "synthetic",
        _ => "live",
    };

    /// <summary>Name of a metric on a page; its own when the list has none.</summary>
    public static string Metric(string name) => Metrics.Find(name)?.Meaning ?? name;

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A count with its noun: "1 batch", "2 batches", "1,200 readings".</summary>
    /// <param name="count">How many.</param>
    /// <param name="one">The noun for one.</param>
    /// <param name="many">The noun for any other number; null where it is <paramref name="one"/> with an s.</param>
    public static string Count(long count, string one, string? many = null) => $"{Count(count)} {(count == 1 ? one : many ?? one + "s")}";
}
