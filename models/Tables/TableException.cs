namespace IotGateway.Tables;

/// <summary>A table that cannot be read, named by file, row and column, with what was expected.</summary>
public sealed class TableException : FormatException
{
    /// <summary>Names a cell: "days.csv row 3, column rh: '' cannot be read; expected a number."</summary>
    /// <param name="file">The file's name.</param>
    /// <param name="row">The line in the file, from 1; the header is one.</param>
    /// <param name="column">The column's name; null where the whole row is meant.</param>
    /// <param name="found">What stands there, as text; cut where it is long.</param>
    /// <param name="expected">What is read there.</param>
    public TableException(string file, int row, string? column, string found, string expected)
        : base($"{file} row {row}{(column is null ? "" : $", column {column}")}: {Shown(found)} cannot be read; expected {expected}.")
    {
    }

    private static string Shown(string found) => found.Length > 60 ? $"'{found.AsSpan(0, 60)}…'" : $"'{found}'";
}
