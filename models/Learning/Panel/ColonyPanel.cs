using IotGateway.Learning.Data;
using IotGateway.Tables;

namespace IotGateway.Learning.Panel;

/// <summary>Survey by state and quarter as known after the last revision, ascending by quarter, then by state.</summary>
internal static class ColonyPanel
{
    /// <summary>Share of colonies lost in the quarter; where the percentage is not printed, that of the colonies.</summary>
    public static IReadOnlyList<PanelRow> Losses() =>
        Rows(r => r.Maybe("loss_pct") is { } printed ? (printed, true) : (r.Number("loss_pct_constructed"), false));

    /// <summary>Share of colonies with Varroa at any time in the quarter; an empty cell is "(Z)", about nothing.</summary>
    public static IReadOnlyList<PanelRow> Varroa() =>
        Rows(r => r.Maybe("str_varroa") is { } printed ? (printed, true) : (0, false));

    private static IReadOnlyList<PanelRow> Rows(Func<TableRow, (double Percent, bool Published)> share)
    {
        var table = DataFiles.Read(DataFiles.Panel);
        return
        [
            .. table.Rows.Select(r => (Row: r, Share: share(r))).Select(r => new PanelRow(
                    r.Row.Text("state_alpha"), new Quarter(r.Row.Whole("year"), r.Row.Whole("quarter")), r.Share.Percent,
                    r.Row.Number("inv_max"), r.Share.Published))
                .OrderBy(r => r.Quarter.Index).ThenBy(r => r.State, StringComparer.Ordinal),
        ];
    }
}
