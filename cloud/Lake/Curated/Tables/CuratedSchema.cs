using ParquetSharp;
using ParquetSharp.Schema;

namespace IotGateway.Cloud.Lake.Curated.Tables;

/// <summary>
/// The columns of the curated lake by version. A version only adds columns, at the end of none: they are found by name, and a column that
/// an older file lacks has its default there.
/// </summary>
internal static class CuratedSchema
{
    /// <summary>The version that is written.</summary>
    public const int Current = 2;

    public const string Device = "device";
    public const string Metric = "metric";
    public const string Time = "time";
    public const string Value = "value";
    public const string Unit = "unit";
    public const string Quality = "quality";
    public const string Received = "received";
    public const string Gateway = "gateway";
    public const string Hive = "hive";
    public const string Site = "site";

    /// <summary>In the order of a file.</summary>
    public static IReadOnlyList<CuratedColumn> All { get; } =
    [
        new(Device, PhysicalType.ByteArray, LogicalType.String, 1),
        new(Metric, PhysicalType.ByteArray, LogicalType.String, 1),
        new(Time, PhysicalType.Int64, () => LogicalType.Timestamp(isAdjustedToUtc: true, TimeUnit.Millis), 1),
        new(Value, PhysicalType.Double, LogicalType.None, 1),
        new(Unit, PhysicalType.ByteArray, LogicalType.String, 1),
        new(Quality, PhysicalType.Int32, LogicalType.None, 1),
        new(Received, PhysicalType.Int64, () => LogicalType.Timestamp(isAdjustedToUtc: true, TimeUnit.Micros), 2),
        new(Gateway, PhysicalType.ByteArray, LogicalType.String, 2),
        new(Hive, PhysicalType.ByteArray, LogicalType.String, 1, Optional: true),
        new(Site, PhysicalType.ByteArray, LogicalType.String, 1, Optional: true),
    ];

    /// <summary>The columns of a version.</summary>
    public static IReadOnlyList<CuratedColumn> Of(int version) => [.. All.Where(c => c.Since <= version)];

    /// <summary>Parquet's schema of a version.</summary>
    public static GroupNode Node(int version) => new("curated", Repetition.Required, [.. Of(version).Select(c => c.Node())]);

    /// <summary>Says how a file's columns differ from its version's; null when they do not.</summary>
    public static string? Drift(int version, SchemaDescriptor found)
    {
        if (version is < 1 or > Current)
            return $"schema {version} is not known; this program reads 1 to {Current}";

        var all = Enumerable.Range(0, found.NumColumns).Select(i => found.Column(i)).ToList();
        if (all.CountBy(c => c.Name, StringComparer.Ordinal).FirstOrDefault(c => c.Value > 1) is { Key: { } twice })
            return $"column {twice} is there more than once";
        var columns = all.ToDictionary(c => c.Name, StringComparer.Ordinal);
        var expected = Of(version);
        if (expected.FirstOrDefault(c => !columns.ContainsKey(c.Name)) is { } lacking)
            return $"column {lacking.Name} of schema {version} is missing";
        if (columns.Keys.FirstOrDefault(name => !expected.Any(c => c.Name == name)) is { } extra)
            return $"column {extra} is not in schema {version}";
        foreach (var column in expected)
        {
            using var logical = column.Logical();
            using var its = columns[column.Name].LogicalType;
            if (columns[column.Name].PhysicalType != column.Physical
                || columns[column.Name].MaxDefinitionLevel != (column.Optional ? 1 : 0) || !its.Equals(logical))
                return $"column {column.Name} is {columns[column.Name].PhysicalType} ({its.ToString()}); schema {version} has "
                    + $"{column.Physical} ({logical.ToString()})";
        }

        return null;
    }
}

/// <summary>A column.</summary>
/// <param name="Since">The schema that brought it.</param>
/// <param name="Optional">Whether a row may have no value in it.</param>
internal sealed record CuratedColumn(string Name, PhysicalType Physical, Func<LogicalType> Logical, int Since, bool Optional = false)
{
    public PrimitiveNode Node()
    {
        using var logical = Logical();
        return new PrimitiveNode(Name, Optional ? Repetition.Optional : Repetition.Required, logical, Physical);
    }
}
