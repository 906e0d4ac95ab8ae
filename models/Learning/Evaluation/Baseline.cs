using IotGateway.Learning.Panel;

namespace IotGateway.Learning.Evaluation;

/// <summary>Simple rules that a model has to beat, for one state and quarter.</summary>
/// <param name="LastYear">The same quarter of the year before; null where the state was not surveyed.</param>
/// <param name="SeasonMean">Mean of the state's same quarters; null where there is none.</param>
/// <param name="ShrunkMean">The same, shrunk to the nation's mean of that quarter of the year.</param>
/// <param name="ShrunkShare">Share of those quarters in which at least 15 % were lost, shrunk likewise, 0 to 1.</param>
internal sealed record Baseline(PanelRow? LastYear, double? SeasonMean, double ShrunkMean, double ShrunkShare)
{
    /// <summary>Loss from which on a quarter counts as a bad one, %.</summary>
    public const int HighLoss = 15;

    /// <summary>Weight of the nation's mean, in quarters; round figure near the middle of a flat minimum.</summary>
    private const double NationWeight = 3;

    /// <summary>Answers of the rules for a quarter.</summary>
    /// <param name="known">Rows of the same quarter of the year, all earlier.</param>
    /// <param name="state">Of which state.</param>
    /// <param name="quarter">Of which quarter.</param>
    public static Baseline Of(IReadOnlyList<PanelRow> known, string state, Quarter quarter)
    {
        var own = known.Where(r => r.State == state).ToList();
        var nation = known.Where(r => r.IsState).ToList();
        return new(
            own.Find(r => r.Quarter.Index == quarter.Index - 4),
            own.Count > 0 ? own.Average(r => r.Percent) : null,
            Shrunk(r => r.Percent),
            Shrunk(r => IsHigh(r.Percent) ? 1 : 0));

        double Shrunk(Func<PanelRow, double> value) =>
            (own.Sum(value) + NationWeight * nation.Average(value)) / (own.Count + NationWeight);
    }

    public static bool IsHigh(double percent) => percent >= HighLoss;
}
