using IotGateway.Cloud.Sites;
using IotGateway.Science.Hive.Weight;
using IotGateway.Science.Hive.Weight.Day;

namespace IotGateway.Cloud.Hives.Weight;

/// <summary>One day of a hive's net weight in bees and food, or the reason why it tells nothing of them.</summary>
/// <param name="Day">By the site's own clock.</param>
/// <param name="Told">The foragers, the food and the hours of flight; null with a reason.</param>
/// <param name="NotSaid">The reason; null where something is told.</param>
internal sealed record HiveDay(DateOnly Day, DayWeight? Told, string? NotSaid)
{
    /// <summary>A scale's drift over the day may weigh this share of the foragers, no more.</summary>
    private const double DriftShare = 0.25;

    /// <summary>The day from a hive's weight as it was known.</summary>
    /// <param name="weight">Read as of the day's end or later.</param>
    /// <param name="site">Of the hive.</param>
    /// <param name="day">By the site's own clock.</param>
    /// <param name="temperature">Outside, °C, at a time; null where it is not known.</param>
    public static HiveDay Of(HiveWeight weight, Site site, DateOnly day, Func<DateTimeOffset, double?> temperature)
    {
        var from = Midnight.Of(day, site.Zone);
        var to = Midnight.Of(day.AddDays(1), site.Zone);
        if (weight.AsOf < to)
            return new HiveDay(day, null, "The day is not over yet.");
        if (weight.Net.Steps.Any(s => s.To > from && s.From < to))
            return new HiveDay(day, null, "Somebody worked on the hive, a swarm left, or the scale was moved.");
        (double Hour, double Kilograms)[] readings =
        [
            .. weight.Net.Points.Where(p => p.Time >= from && p.Time <= to)
                .Select(p => (Math.Min(24, (p.Time - from).TotalHours), p.NetKilograms)),
        ];
        if (DayWeight.Of(readings) is not { } told)
            return new HiveDay(
                day, null, $"Not enough to say: fewer than {DayWeight.FewestReadings} readings, or three hours without one.");
        return (told.NotSaid ?? Drifts(weight, told, from, to, temperature)) is { } reason
            ? new HiveDay(day, null, reason) : new HiveDay(day, told, null);
    }

    private static string? Drifts(
        HiveWeight weight, DayWeight told, DateTimeOffset from, DateTimeOffset to, Func<DateTimeOffset, double?> temperature)
    {
        if (weight.Drift is not { } drift)
            return null;
        var outside = Enumerable.Range(0, (int)(to - from).TotalHours).Select(h => temperature(from.AddHours(h))).OfType<double>().ToList();
        var kilograms = outside.Count == 0 ? 0 : Math.Abs(drift.GramsPerCelsius) * (outside.Max() - outside.Min()) / 1_000;
        return kilograms > DriftShare * told.ForagersOut.Value * DayWeight.BeeKilograms
            ? "The scale moves with the temperature by too much beside what the foragers weigh." : null;
    }
}
