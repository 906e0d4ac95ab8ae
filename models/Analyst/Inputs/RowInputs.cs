using IotGateway.Science;
using IotGateway.Tables;

namespace IotGateway.Analyst.Inputs;

/// <summary>Rows of people's tables as inputs of the science: refusals by file, row and column, and no column unheard.</summary>
internal static class RowInputs
{
    /// <summary>Computes with a row's values; what the science refuses is named by file, row and column.</summary>
    /// <param name="row">The row.</param>
    /// <param name="compute">Its use.</param>
    /// <param name="columns">Beginnings of the science's names of inputs, and the columns they are read from.</param>
    public static T Compute<T>(TableRow row, Func<T> compute, params ReadOnlySpan<(string Input, string Column)> columns)
    {
        try
        {
            return compute();
        }
        catch (InputException refusal)
        {
            foreach (var (input, column) in columns)
            {
                if (refusal.Input.StartsWith(input, StringComparison.Ordinal) && row.Has(column))
                    throw row.Refused(column, $"{refusal.Input} {refusal.Range}");
            }

            throw;
        }
    }

    /// <summary>Says which columns of a file play no part in what is computed.</summary>
    public static void NameUnused(Table table, TextWriter errors, params IEnumerable<string> used)
    {
        if (table.Besides(used) is { Count: > 0 } unused)
            errors.WriteLine($"{table.File}: not used: {string.Join(", ", unused)}");
    }
}
