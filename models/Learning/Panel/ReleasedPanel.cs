using IotGateway.Learning.Data;
using IotGateway.Tables;

namespace IotGateway.Learning.Panel;

/// <summary>
/// Survey as its yearly reports printed it. A report comes out from May to August, so from 5 August on it is taken as known: a forecast of
/// October to December has that year's report, one of any other quarter the year before's.
/// </summary>
internal sealed class ReleasedPanel
{
    private static readonly string[] NoStates = ["Other States", "United States"];

    private readonly List<(int Release, PanelRow Row)> _printed;

    private ReleasedPanel(List<(int Release, PanelRow Row)> printed) => _printed = printed;

    public static ReleasedPanel Read()
    {
        var table = DataFiles.Read(DataFiles.Releases);
        return new(
        [
            .. table.Rows.Where(r => r.Known("lost_pct") && !NoStates.Contains(r.Text("state"))).Select(Row)
                .OrderBy(r => r.Row.Quarter.Index).ThenBy(r => r.Row.State, StringComparer.Ordinal).ThenBy(r => r.Release),
        ]);
    }

    /// <summary>Rows that had been printed when a quarter began, each state's quarter as last revised by then.</summary>
    public IReadOnlyList<PanelRow> KnownFor(Quarter quarter) => Newest(quarter.Number == 4 ? quarter.Year : quarter.Year - 1);

    /// <summary>All of it as last revised: the truth that a forecast is held against.</summary>
    public IReadOnlyList<PanelRow> Final() => Newest(int.MaxValue);

    private IReadOnlyList<PanelRow> Newest(int release) =>
        [.. _printed.Where(p => p.Release <= release).GroupBy(p => (p.Row.State, p.Row.Quarter)).Select(g => g.Last().Row)];

    private static (int Release, PanelRow Row) Row(TableRow row) => (row.Whole("release_year"), new PanelRow(
        StateCodes.Of(row.Text("state")) ?? throw row.Refused("state", "the name of a state"),
        new Quarter(row.Whole("year"), row.Whole("quarter")), row.Number("lost_pct"), row.Number("colonies_max"), Published: true));
}
