using System.Globalization;
using IotGateway.Tables;

namespace IotGateway.Learning.Hives.Checklist;

/// <summary>Inspection by the Healthy Colony Checklist.</summary>
/// <param name="Hive">The hive's number.</param>
/// <param name="Apiary">The apiary's number.</param>
/// <param name="Day">The day, counted from any.</param>
/// <param name="Items">The six items, 1 for met and 0 for not, a half as some wrote it and where nothing was written.</param>
/// <param name="Healthy">Whether all six were met.</param>
internal sealed record Inspection(string Hive, string Apiary, DateOnly Day, double[] Items, bool Healthy)
{
    public static readonly string[] ItemNames = ["brood", "bees", "queen", "food", "stressors", "space"];

    private const double NotWritten = 0.5;

    public double Met => Items.Average();

    /// <summary>An inspection with a date; null without.</summary>
    public static Inspection? Of(TableRow row) => row.Known("date")
        ? new(row.Text("hive"), row.Text("apiary"), DayOf(row),
            [.. ItemNames.Select(i => row.Maybe(i) switch
            {
                null => NotWritten,
                { } met and >= 0 and <= 1 => met, // some wrote a half
                _ => throw row.Refused(i, "0 to 1"),
            })],
            row.Text("healthy") == "Yes")
        : null;

    private static DateOnly DayOf(TableRow row) =>
        DateOnly.TryParseExact(row.Text("date"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw row.Refused("date", "a day like 2016-06-15");
}
