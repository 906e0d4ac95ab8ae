namespace IotGateway.Analyst.Tables;

/// <summary>Reads a table: a header, then rows, separated by commas or semicolons, sometimes quoted.</summary>
internal static class Table
{
    public static List<TableRow> Read(string path)
    {
        var lines = File.ReadAllLines(path);
        var separator = lines[0].Contains(';') ? ';' : ',';
        var columns = Cells(lines[0], separator)
            .Select((name, index) => (name, index))
            .ToDictionary(c => c.name, c => c.index, StringComparer.OrdinalIgnoreCase);
        var rows = new List<TableRow>(lines.Length);
        for (var i = 1; i < lines.Length; i++)
        {
            if (lines[i].Length > 0)
                rows.Add(new TableRow(columns, Cells(lines[i], separator), i + 1));
        }

        return rows;
    }

    public static string LastColumn(string path)
    {
        using var reader = new StreamReader(path);
        return Cells(reader.ReadLine() ?? "", ',')[^1];
    }

    private static string[] Cells(string line, char separator) => [.. line.Split(separator).Select(c => c.Trim().Trim('"'))];
}
