using IotGateway.Tables;

namespace IotGateway.Cloud.Regions.Runs;

/// <summary>Figures of states' quarters that came, %, by model: from the outlooks' own past, and from a table that people bring.</summary>
internal sealed class Survey
{
    private const int MostRows = 20_000;

    private readonly Dictionary<(string Outlook, string State, SurveyQuarter Quarter), double> _percent = [];

    /// <summary>The percentage that came; null while it has not.</summary>
    public double? Find(string outlook, string state, SurveyQuarter quarter) =>
        _percent.TryGetValue((outlook, state, quarter), out var percent) ? percent : null;

    /// <summary>Figures that the outlooks' past forecasts were held against.</summary>
    public static Survey OfOutlooks()
    {
        var survey = new Survey();
        foreach (var outlook in RegionOutlooks.All)
        {
            foreach (var state in outlook.States)
            {
                foreach (var past in state.Past)
                    survey._percent[(outlook.Name, state.State, SurveyQuarter.Parse(past.Quarter))] = past.Observed;
            }
        }

        return survey;
    }

    /// <summary>Adds a table's figures. "(Z)" is less than half a percent, so 0; an empty cell was not printed.</summary>
    /// <exception cref="TableException">It is no such table; nothing of it is taken.</exception>
    public void Add(Table table)
    {
        table.Require("state", "year", "quarter", "loss_pct", "varroa_pct");
        var seen = new HashSet<(string State, SurveyQuarter Quarter)>();
        var found = new List<((string Outlook, string State, SurveyQuarter Quarter) Of, double Percent)>();
        foreach (var row in table.Rows)
        {
            var state = row.Text("state");
            var quarter = new SurveyQuarter(row.Whole("year"), row.Whole("quarter"));
            if (state.Length != 2 || !state.All(char.IsAsciiLetterUpper))
                throw row.Refused("state", "a postal code such as AL, or OT for other states");
            if (quarter.Year is < 2000 or > 2199)
                throw row.Refused("year", "a year from 2000 to 2199");
            if (quarter.Number is < 1 or > 4)
                throw row.Refused("quarter", "1 to 4");
            if (!seen.Add((state, quarter)))
                throw row.Refused("state", "each state's quarter once");
            if (seen.Count > MostRows)
                throw row.Refused("state", $"at most {MostRows} rows");
            if (Percent(row, "loss_pct") is { } loss)
                found.Add(((RegionKind.Loss, state, quarter), loss));
            if (Percent(row, "varroa_pct") is { } varroa)
                found.Add(((RegionKind.Varroa, state, quarter), varroa));
        }

        foreach (var (of, percent) in found)
            _percent.TryAdd(of, percent);
    }

    private static double? Percent(TableRow row, string column) => row.Text(column) == "(Z)" ? 0
        : row.Maybe(column) is not { } percent ? null
        : percent is >= 0 and <= 100 ? percent : throw row.Refused(column, "0 to 100, or (Z)");
}
