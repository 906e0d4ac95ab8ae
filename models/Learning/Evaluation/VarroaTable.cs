namespace IotGateway.Learning.Evaluation;

/// <summary>Table of the Varroa model.</summary>
internal static class VarroaTable
{
    public static IReadOnlyList<TableLine> Of(IReadOnlyList<Forecasted> rolling) =>
    [
        .. Compared.LastSixQuarters(rolling, "≤ 9.4", m => m <= 9.4),
        .. WeatherEffect.All(rolling).Select(e => e.Line),
    ];
}
