using IotGateway.Learning.Cards;
using IotGateway.Learning.Evaluation;
using IotGateway.Learning.Data;
using IotGateway.Learning.Panel;

namespace IotGateway.Learning;

/// <summary>Models of the survey: rows each learns from, and the table it is judged by.</summary>
internal static class PanelModels
{
    /// <summary>The last year with rows of the survey.</summary>
    public const int LastYear = 2025;

    /// <summary>The year for which the survey as printed then is learnt from, so that a forecast as known then knows no revision.</summary>
    private const int AsPrinted = 2018;

    public static readonly PanelModel[] All = [Loss, Varroa];

    public static PanelModel Loss => new(
        "state-loss", "Colonies lost in a state and quarter, % of colonies", DataFiles.Panel,
        "states' losses before each year, for 2018 as printed by 5 August of it, for later years as last revised",
        year => Before(year, year == AsPrinted ? ReleasedPanel.Read().KnownFor(new(AsPrinted, 4)) : ColonyPanel.Losses()),
        ColonyPanel.Losses, LossTable.Of, CardTexts.Loss, AsksHighLoss: true);

    public static PanelModel Varroa => new(
        "state-varroa", "Colonies with Varroa in a state and quarter, % of colonies", DataFiles.Panel,
        "states' shares with Varroa before each year as last revised", year => Before(year, ColonyPanel.Varroa()), ColonyPanel.Varroa,
        (_, rolling) => VarroaTable.Of(rolling), CardTexts.Varroa, AsksHighLoss: false);

    private static IReadOnlyList<PanelRow> Before(int year, IReadOnlyList<PanelRow> rows) =>
        [.. rows.Where(r => r.IsState && r.Quarter.Year < year)];
}
