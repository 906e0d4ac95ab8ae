using System.Globalization;
using System.Net;
using System.Text;

namespace IotGateway.Cloud.Regions.Pages;

/// <summary>
/// Map of what is expected in each state, as SVG: a tile a state with its code and percentage, darker where it is more, and a link to its
/// row in the table, which says the same and more.
/// </summary>
internal static class TileMapSvg
{
    private const int Side = 48;
    private const int Step = Side + 2;

    /// <param name="outlook">What is expected.</param>
    /// <param name="steps">Ascending bounds of the shades, %; one shade more than there are bounds.</param>
    /// <param name="rows">What the ids of the table's rows begin with.</param>
    public static string Draw(RegionOutlook outlook, IReadOnlyList<int> steps, string rows)
    {
        var states = outlook.States.ToDictionary(s => s.State, StringComparer.Ordinal);
        var svg = new StringBuilder();
        Add(svg, $"<svg class=\"tiles\" viewBox=\"0 0 {TileMap.Width * Step} {TileMap.Height * Step}\" role=\"group\" ");
        svg.Append("aria-label=\"Map of the states; each is a link to its row in the table\">");
        foreach (var (code, column, row) in TileMap.Tiles())
        {
            var (x, y) = (column * Step, row * Step);
            if (states.TryGetValue(code, out var state))
                DrawState(svg, outlook, state, Shade(state.Median, steps), rows, x, y);
            else
                DrawTile(svg, code, "–", "none", x, y);
        }

        return svg.Append("</svg>").ToString();
    }

    /// <summary>The shade of a percentage, from 0.</summary>
    public static int Shade(double percent, IReadOnlyList<int> steps) => steps.Count(s => percent >= s);

    private static void DrawState(StringBuilder svg, RegionOutlook outlook, RegionState state, int shade, string rows, int x, int y)
    {
        var old = state.LastSurveyed == outlook.AsOf ? "" : $", last surveyed by name in {state.LastSurveyed}";
        var words = Text($"{state.Name}: {state.Median:0} %, with 80 % {state.Low:0} to {state.High:0} %{old}");
        Add(svg, $"<a href=\"#{rows}{state.Id}\"><title>{WebUtility.HtmlEncode(words)}</title>");
        DrawTile(svg, state.State, Text($"{state.Median:0} %"), Text($"c{shade}{(old.Length > 0 ? " old" : "")}"), x, y);
        svg.Append("</a>");
    }

    private static void DrawTile(StringBuilder svg, string code, string value, string shade, int x, int y)
    {
        Add(svg, $"<rect class=\"{shade}\" x=\"{x + 1}\" y=\"{y + 1}\" width=\"{Side}\" height=\"{Side}\" rx=\"5\"/>");
        Add(svg, $"<text x=\"{x + (Step / 2)}\" y=\"{y + 21}\" text-anchor=\"middle\">{code}</text>");
        Add(svg, $"<text class=\"value\" x=\"{x + (Step / 2)}\" y=\"{y + 40}\" text-anchor=\"middle\">{value}</text>");
    }

    private static void Add(StringBuilder svg, FormattableString text) => svg.Append(Text(text));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
