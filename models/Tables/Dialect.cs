namespace IotGateway.Tables;

/// <summary>
/// The way in which a file separates cells and writes numbers. Semicolons and tabs go with decimal points or, as European spreadsheets save
/// it, with decimal commas: the first number that has a mark tells which, and a number with the other one is refused.
/// </summary>
internal sealed class Dialect(char separator)
{
    private char? _mark = separator == ',' ? '.' : null;

    /// <summary>The separator of a header: semicolon before tab before comma.</summary>
    public static Dialect Of(string header) => new(header.Contains(';') ? ';' : header.Contains('\t') ? '\t' : ',');

    /// <summary>
    /// The cells of a line, without spaces around them, quoted where they hold a separator; null where a quote is not closed.
    /// </summary>
    public string[]? Cells(string line)
    {
        if (!line.Contains('"'))
            return Array.ConvertAll(line.Split(separator), c => c.Trim());
        var cells = new List<string>();
        var cell = new System.Text.StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (quoted && line[i] == '"' && i + 1 < line.Length && line[i + 1] == '"')
            {
                cell.Append('"');
                i++;
            }
            else if (line[i] == '"')
            {
                quoted = !quoted;
            }
            else if (line[i] == separator && !quoted)
            {
                cells.Add(cell.ToString().Trim());
                cell.Clear();
            }
            else
            {
                cell.Append(line[i]);
            }
        }

        cells.Add(cell.ToString().Trim());
        return quoted ? null : [.. cells];
    }

    /// <summary>A number with a point; null where it has marks that are not the file's.</summary>
    public string? WithPoint(string number)
    {
        var mark = number.Contains(',') ? number.Contains('.') ? ' ' : ',' : number.Contains('.') ? '.' : (char?)null;
        if (mark is null)
            return number;
        _mark ??= mark;
        return _mark == mark ? number.Replace(',', '.') : null;
    }

    /// <summary>Form of a number in this file, in words.</summary>
    public string Number => _mark switch
    {
        '.' => "a number with a decimal point and no thousands marks",
        ',' => "a number with a decimal comma, like those before it, and no thousands marks",
        _ => "a number with one decimal mark",
    };
}
