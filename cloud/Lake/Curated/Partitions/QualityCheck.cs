using System.Globalization;

namespace IotGateway.Cloud.Lake.Curated.Partitions;

/// <summary>Figures of a partition as it would be if it were published now.</summary>
/// <param name="Before">Rows of the version before.</param>
/// <param name="Taken">Readings taken from raw objects since.</param>
/// <param name="Duplicates">Of all these, those that came again with the same value.</param>
/// <param name="Conflicts">Those that came again with another.</param>
/// <param name="Rows">Rows in the files, as the files themselves say.</param>
/// <param name="NotFinite">Rows whose value is no number.</param>
internal readonly record struct PartitionFigures(
    long Before, long Taken, long Duplicates, long Conflicts, long Rows, long NotFinite);

/// <summary>Decides whether a partition, and what a gateway sends for it, may be published.</summary>
internal static class QualityCheck
{
    public const string RowCount = "row_count";
    public const string NotFinite = "not_finite";
    public const string FlaggedShare = "flagged_share";
    public const string SchemaDrift = "schema_drift";
    public const string DamagedFile = "damaged_file";

    /// <summary>Objection to publishing it, with the figures; null when there is none.</summary>
    public static (string Reason, string Detail)? Objection(in PartitionFigures f)
    {
        if (f.Before + f.Taken != f.Rows + f.Duplicates + f.Conflicts)
        {
            return (RowCount, Say(
                $"{f.Before} rows before and {f.Taken} readings taken should be as many as ")
                + Say($"{f.Rows} rows, {f.Duplicates} duplicates and {f.Conflicts} conflicts"));
        }

        return f.NotFinite > 0 ? (NotFinite, Say($"{f.NotFinite} of {f.Rows} values are no numbers")) : null;
    }

    /// <summary>
    /// Objection to what one gateway sends, by the share of its values that cannot be what they claim; null when there is none. What
    /// others send is not judged by it.
    /// </summary>
    public static string? Objection(string gateway, long readings, long flagged, double limit) => readings > 0 && flagged > limit * readings
        ? Say($"gateway {gateway}: {flagged} of {readings} values cannot be what they claim (out of range or in another unit); ")
            + Say($"the limit is {limit:0.##} of them")
        : null;

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
