
namespace IotGateway.Learning.Evaluation;

/// <summary>Table of the Varroa model.</summary>
internal static class VarroaTable
{
    public static IReadOnlyList<TableLine> Of(IReadOnlyList<Forecasted> rolling)
    {
        var rows = new Compared([.. rolling.Where(f => f.Row is { IsState: true, Quarter.Year: >= 2024 })]);
        return
        [
            rows.ErrorLine("the last 6 quarters, from the quarters before as known now", "shrunk mean of state and quarter",
                b => b.ShrunkMean, "≤ 9.4", m => m <= 9.4),
        ];
    }
}
