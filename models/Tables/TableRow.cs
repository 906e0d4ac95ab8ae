using System.Globalization;

namespace IotGateway.Tables;

/// <summary>One row of a table, by column name.</summary>
public sealed class TableRow
{
    private const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private static readonly string[] Times =
    [
        "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm",
    ];

    private readonly Table _table;
    private readonly string[] _cells;

    internal TableRow(Table table, string[] cells, int line) => (_table, _cells, Line) = (table, cells, line);

    /// <summary>Line in the file, from 1; the header is one.</summary>
    public int Line { get; }

    /// <summary>Text of a cell, without spaces around it.</summary>
    /// <exception cref="TableException">There is no such column, or the row ends before it.</exception>
    public string Text(string column)
    {
        var index = _table.Index(column);
        return index < _cells.Length
            ? _cells[index]
            : throw new TableException(
                _table.File, Line, column, string.Join(' ', _cells), $"{_table.Columns.Count} cells, where there are {_cells.Length}");
    }

    /// <summary>True where the table has the column.</summary>
    public bool Has(string column) => _table.Has(column);

    /// <summary>True where the cell holds a value: not empty and not NA.</summary>
    /// <exception cref="TableException">There is no such column, or the row ends before it.</exception>
    public bool Known(string column) => Text(column) is not ("" or "NA");

    /// <summary>A finite number.</summary>
    /// <exception cref="TableException">It is none.</exception>
    public double Number(string column)
    {
        var text = Text(column);
        return _table.Dialect.WithPoint(text) is { } plain
            && double.TryParse(plain, Plain, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : throw Refused(column, _table.Dialect.Number);
    }

    /// <summary>A finite number; null where the cell is empty or NA.</summary>
    /// <exception cref="TableException">It is none.</exception>
    public double? Maybe(string column) => Known(column) ? Number(column) : null;

    /// <summary>A whole number, without decimals.</summary>
    /// <exception cref="TableException">It is none.</exception>
    public int Whole(string column) =>
        int.TryParse(Text(column), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Refused(column, "a whole number, without decimals");

    /// <summary>A date of three columns.</summary>
    /// <exception cref="TableException">There is no such day.</exception>
    public DateOnly Date(string year, string month, string day)
    {
        var (y, m, d) = (Whole(year), Whole(month), Whole(day));
        if (y is < 1 or > 9999)
            throw Refused(year, "a year from 1 to 9999");
        if (m is < 1 or > 12)
            throw Refused(month, "a month from 1 to 12");
        if (d < 1 || d > DateTime.DaysInMonth(y, m))
            throw Refused(day, string.Create(CultureInfo.InvariantCulture, $"a day from 1 to {DateTime.DaysInMonth(y, m)}"));
        return new DateOnly(y, m, d);
    }

    /// <summary>A time without offset: 2026-01-31 14:00:00, with or without seconds, with a space or a T.</summary>
    /// <exception cref="TableException">It is written otherwise, or is none.</exception>
    public DateTime Time(string column) =>
        DateTime.TryParseExact(Text(column), Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : throw Refused(column, "a time like 2026-01-31 14:00:00");

    /// <summary>The error of a cell of this row.</summary>
    public TableException Refused(string column, string expected) => new(_table.File, Line, column, Text(column), expected);
}
