using IotGateway.Tables;

namespace IotGateway.Analyst.Vectors;

/// <summary>Numbers of reference files, in which NA and Inf are values too.</summary>
internal static class ReferenceFigures
{
    /// <summary>A number; NaN where the reference has none.</summary>
    public static double Figure(this TableRow row, string column) => row.Text(column) switch
    {
        "NA" or "" => double.NaN,
        "Inf" => double.PositiveInfinity,
        _ => row.Number(column),
    };

    /// <summary>A number; another one where the reference has none.</summary>
    public static double FigureOr(this TableRow row, string column, double otherwise) => row.Maybe(column) ?? otherwise;
}
