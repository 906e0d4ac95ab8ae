namespace IotGateway.Tables;

/// <summary>
/// A table of delimited text: a header, then rows, separated by commas, semicolons or tabs, quoted where need be, with decimal points or
/// commas. Whatever could be read as two things is refused with file, row and column, and no cell is dropped in silence.
/// </summary>
public sealed class Table
{
    private readonly Dictionary<string, int> _columns = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<TableRow> _rows = [];

    private Table(string file, Dialect dialect) => (File, Dialect) = (file, dialect);

    /// <summary>The file's name, without its folder.</summary>
    public string File { get; }

    /// <summary>Names of the columns, in the order of the file. Names are taken without regard to case.</summary>
    public IReadOnlyList<string> Columns { get; private set; } = [];

    /// <summary>The rows, without empty ones.</summary>
    public IReadOnlyList<TableRow> Rows => _rows;

    internal Dialect Dialect { get; }

    /// <summary>Reads a file, UTF-8 unless it begins with another mark.</summary>
    /// <exception cref="TableException">It is no table.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static Table Read(string path)
    {
        using var reader = new StreamReader(path);
        return Read(reader, Path.GetFileName(path));
    }

    /// <summary>Reads a table from text.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="file">The name for errors.</param>
    /// <exception cref="TableException">It is no table.</exception>
    public static Table Read(TextReader reader, string file)
    {
        var (header, line) = (reader.ReadLine(), 1);
        if (header?.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) is true)
            (header, line) = (reader.ReadLine(), 2); // a spreadsheet's hint, which the header tells too
        if (string.IsNullOrWhiteSpace(header))
            throw new TableException(file, line, null, header ?? "", "a header with the columns' names");
        header = header.TrimStart('\uFEFF');
        var table = new Table(file, Dialect.Of(header));
        table.Columns = table.Name(header, line);
        while (reader.ReadLine() is { } text)
        {
            line++;
            var cells = table.Dialect.Cells(text)
                ?? throw new TableException(file, line, null, text, "every quote closed in its line");
            if (Array.TrueForAll(cells, c => c.Length == 0))
                continue;
            for (var i = 0; i < cells.Length; i++)
            {
                // A first column without a name is the row numbers that R writes.
                if (i > 0 && cells[i].Length > 0 && (i >= table.Columns.Count || table.Columns[i].Length == 0))
                    throw new TableException(file, line, $"{i + 1}, which has no name", cells[i], "nothing there");
            }

            table._rows.Add(new TableRow(table, cells, line));
        }

        table.Columns = [.. table.Columns.Where(c => c.Length > 0)];
        return table;
    }

    /// <summary>True where the table has a column of this name.</summary>
    public bool Has(string column) => _columns.ContainsKey(column);

    /// <summary>Refuses a table that lacks one of these columns, or has no row.</summary>
    /// <exception cref="TableException">One is missing, or there is no row.</exception>
    public void Require(params ReadOnlySpan<string> columns)
    {
        foreach (var column in columns)
            Index(column);
        if (_rows.Count == 0)
            throw new TableException(File, 2, null, "", "at least one row");
    }

    /// <summary>Columns that are none of these, with their names; empty where all are used.</summary>
    public IReadOnlyList<string> Besides(params IEnumerable<string> used) =>
        [.. Columns.Except(used, StringComparer.OrdinalIgnoreCase)];

    internal int Index(string column) => _columns.TryGetValue(column, out var index)
        ? index
        : throw new TableException(File, 1, column, string.Join(", ", Columns.Where(c => c.Length > 0)), $"a column {column}");

    private string[] Name(string header, int line)
    {
        var names = Dialect.Cells(header) ?? throw new TableException(File, line, null, header, "every quote closed");
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i].Length > 0 && !_columns.TryAdd(names[i], i))
                throw new TableException(File, line, names[i], header, "each name once");
        }

        return names;
    }
}
