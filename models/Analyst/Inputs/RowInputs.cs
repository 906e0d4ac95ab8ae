using IotGateway.Science;
using IotGateway.Tables;

namespace IotGateway.Analyst.Inputs;

/// <summary>Rows of people's tables as inputs of the science: refusals by file, row and column, and no column unheard.</summary>
internal static class RowInputs
{
    /// <summary>Computes with a row's values; what the science refuses is named by file, row and column.</summary>
    /// <param name="row">The row; asked for after the refusal, so that it may be the one reached.</param>
    /// <param name="compute">Its use.</param>
    /// <param name="columns">Beginnings of the science's names of inputs, and the columns they are read from.</param>
    public static T Compute<T>(Func<TableRow> row, Func<T> compute, params (string Input, string Column)[] columns)
    {
        try
        {
            return compute();
        }
        catch (InputException refusal)
        {
            var column = Array.Find(columns, c => refusal.Input.StartsWith(c.Input, StringComparison.Ordinal)).Column;
            if (column is not null && row().Has(column))
                throw row().Refused(column, $"{refusal.Input} {refusal.Range}");
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
