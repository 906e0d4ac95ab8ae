using System.Globalization;

namespace IotGateway.Analyst.Tables;

/// <summary>One row of a table, by column name. Names are taken without regard to case.</summary>
internal sealed class TableRow(IReadOnlyDictionary<string, int> columns, string[] cells, int line)
{
    public int Line => line;

    public IEnumerable<string> Columns => columns.Keys;

    public string Text(string column) => cells[columns[column]].Trim();

    public bool Has(string column) => columns.ContainsKey(column);

    /// <summary>True where the cell holds a value: not empty and not NA.</summary>
    public bool Known(string column) => Text(column) is not ("" or "NA");

    public double Number(string column) => Parse(Text(column));

    public double NumberOr(string column, double otherwise) => Known(column) ? Number(column) : otherwise;

    public int Whole(string column) => int.Parse(Text(column), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    public static double Parse(string text) => text switch
    {
        "NA" or "" => double.NaN,
        "Inf" => double.PositiveInfinity,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };
}
