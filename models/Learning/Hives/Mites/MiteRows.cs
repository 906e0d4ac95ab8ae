using System.Globalization;
using IotGateway.Learning.Data;
using IotGateway.Learning.Linear;
using IotGateway.Science.Hive.Learnt;
using IotGateway.Tables;

namespace IotGateway.Learning.Hives.Mites;

/// <summary>New colony between two washes.</summary>
/// <param name="Before">The wash on day 77.</param>
/// <param name="After">The final wash.</param>
/// <param name="Date">The final wash's day, counted from any.</param>
/// <param name="Parent">The colony that it was split from.</param>
/// <param name="Example">What was known on day 77, and the root of the mites at the final wash; its group is the yard.</param>
internal sealed record MiteRow(Wash Before, Wash After, int Date, string Parent, Example Example);

/// <summary>Rows of the colonies split in Alabama in spring 2022.</summary>
/// <param name="Usable">Colonies with both washes, in the table's order.</param>
/// <param name="SetAside">The others, by reason.</param>
internal sealed record MiteRows(IReadOnlyList<MiteRow> Usable, IReadOnlyList<(string Reason, int Count)> SetAside)
{
    private static readonly int[] Treated = [.. Enumerable.Range(MiteFeatures.FirstTreatment, MiteFeatures.Treatments.Count)];

    public static readonly string[] Features = [.. MiteFeatures.Names];

    /// <summary>Sets of features to choose from, by their columns.</summary>
    public static readonly int[][] Sets =
        [[0], [1], [1, .. Treated]];

    public static MiteRows Read() => Of(DataFiles.Read(DataFiles.Splits));

    /// <summary>The rows of a table; what cannot be used is set aside with its reason.</summary>
    public static MiteRows Of(Table table)
    {
        var usable = new List<MiteRow>();
        var aside = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var row in table.Rows)
        {
            var reason = Reason(row, "ch77", "on day 77") ?? Reason(row, "chpost", "at the end")
                ?? (row.Known("date") && row.Known("chpost_date") ? null : "colonies without the days of their washes");
            if (reason is null)
                usable.Add(RowOf(row));
            else
                aside[reason] = aside.GetValueOrDefault(reason) + 1;
        }

        return new(usable, [.. aside.Select(a => (a.Key, a.Value))]);
    }

    private static string? Reason(TableRow row, string wash, string when) =>
        Wash.Refuse(row.Maybe($"{wash}_var_total"), row.Maybe($"{wash}_wash_bees")) is { } reason ? $"colonies {when}: {reason}" : null;

    private static MiteRow RowOf(TableRow row)
    {
        var before = new Wash(row.Number("ch77_var_total"), row.Number("ch77_wash_bees"));
        var after = new Wash(row.Number("chpost_var_total"), row.Number("chpost_wash_bees"));
        var (from, to) = (Day(row, "date", "yyyy-MM-dd"), Day(row, "chpost_date", "M/d/yy"));
        var features = MiteFeatures.Of(before.PerHundred, to - from, row.Text("trt_label"));
        return new(before, after, to, row.Text("parent_id"), new(row.Text("new_yard"), features, Math.Sqrt(after.PerHundred)));
    }

    private static int Day(TableRow row, string column, string form) =>
        DateOnly.TryParseExact(row.Text(column), form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day.DayNumber
            : throw row.Refused(column, $"a day like {form}");
}
