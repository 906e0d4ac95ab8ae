using IotGateway.Science;
using IotGateway.Tables;

namespace IotGateway.Analyst.Vectors;

/// <summary>Outcome of one reference file: rows compared, rows out of range and why, and the worst error.</summary>
internal sealed class Comparison(string file, bool fullPrecision = false)
{
    private readonly SortedDictionary<string, int> _refusals = new(StringComparer.Ordinal);
    private readonly List<string> _disagreements = [];

    public string File => file;

    public int Rows { get; private set; }

    public int Compared { get; private set; }

    public int OutOfRange => _refusals.Values.Sum();

    public int Values { get; private set; }

    public double WorstRelativeError { get; private set; }

    public int Disagreements { get; private set; }

    /// <summary>Out-of-range inputs and how many rows each one cost.</summary>
    public IReadOnlyDictionary<string, int> Refusals => _refusals;

    /// <summary>The first few values that differ, in words.</summary>
    public IReadOnlyList<string> Examples => _disagreements;

    /// <summary>The part that was not compared, with the reason; null where all was.</summary>
    public string? Note { get; set; }

    /// <summary>Compares one row; a refusal by the science makes it out of range.</summary>
    public void Row(TableRow row, Action compare)
    {
        Rows++;
        try
        {
            compare();
            Compared++;
        }
        catch (InputException refusal)
        {
            _refusals[refusal.Input] = _refusals.GetValueOrDefault(refusal.Input) + 1;
        }
    }

    /// <summary>Compares one value of a row. A value that is not a number never agrees.</summary>
    public void Value(TableRow row, string column, double ours)
    {
        var expected = row.Figure(column);
        Values++;
        var error = Math.Abs(ours - expected);
        if (!(error <= StatedDigits.HalfUnit(expected, fullPrecision)))
        {
            Disagreements++;
            if (_disagreements.Count < 3)
                _disagreements.Add(FormattableString.Invariant($"line {row.Line} {column}: ours {ours:R}, expected {row.Text(column)}"));
        }

        var relative = expected == 0 ? error : error / Math.Abs(expected);
        WorstRelativeError = double.IsNaN(relative) ? double.PositiveInfinity : Math.Max(WorstRelativeError, relative);
    }

    /// <summary>Compares a word, such as the fire description.</summary>
    public void Word(TableRow row, string column, string ours)
    {
        Values++;
        if (ours == row.Text(column))
            return;
        Disagreements++;
        if (_disagreements.Count < 3)
            _disagreements.Add($"line {row.Line} {column}: ours {ours}, expected {row.Text(column)}");
    }
}
