using System.Globalization;
using System.Net;
using System.Text;
using IotGateway.Cloud.Forecasts.Record;

namespace IotGateway.Cloud.Forecasts.Pages;

/// <summary>
/// Reliability diagram as SVG: what was said to the right, how often it came upwards, and below each point how many truths its bin holds.
/// On the diagonal what was said is what came.
/// </summary>
internal static class ReliabilitySvg
{
    private const int Left = 50;
    private const int Top = 12;
    private const int Side = 280;
    private const int Counts = 52;
    private const int Width = Left + Side + 18;
    private const int Height = Top + Side + Counts + 44;

    /// <param name="id">Unique on the page.</param>
    /// <param name="title">Of whom.</param>
    /// <param name="points">Ascending; at least one.</param>
    public static string Draw(string id, string title, IReadOnlyList<ReliabilityPoint> points)
    {
        var svg = new StringBuilder();
        Add(svg, $"<svg class=\"reliability\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\">");
        Add(svg, $"<title id=\"{id}-t\">{WebUtility.HtmlEncode(title)}</title><desc id=\"{id}-d\">{Described(points)}</desc>");
        for (var tick = 0; tick <= 4; tick++)
        {
            var share = tick / 4.0;
            Add(svg, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Left + Side}\" y1=\"{Y(share):0.#}\" y2=\"{Y(share):0.#}\"/>");
            Add(svg, $"<text class=\"tick\" x=\"{Left - 7}\" y=\"{Y(share) + 4:0.#}\" text-anchor=\"end\">{share * 100:0} %</text>");
            Add(svg, $"<line class=\"grid\" x1=\"{X(share):0.#}\" x2=\"{X(share):0.#}\" y1=\"{Top}\" y2=\"{Top + Side}\"/>");
            Add(svg, $"<text class=\"tick\" x=\"{X(share):0.#}\" y=\"{Height - 22}\" text-anchor=\"middle\">{share * 100:0} %</text>");
        }

        Add(svg, $"<line class=\"ideal\" x1=\"{X(0)}\" y1=\"{Y(0)}\" x2=\"{X(1)}\" y2=\"{Y(1)}\"/>");
        Add(svg, $"<path class=\"line hive\" d=\"M{string.Join('L', points.Select(p => Text($"{X(p.Said):0.#} {Y(p.Came):0.#}")))}\"/>");
        foreach (var point in points)
            Add(svg, $"<circle class=\"point\" cx=\"{X(point.Said):0.#}\" cy=\"{Y(point.Came):0.#}\" r=\"4.5\"/>");
        DrawCounts(svg, points);
        Add(svg, $"<text class=\"tick\" x=\"{Left + (Side / 2)}\" y=\"{Height - 4}\" text-anchor=\"middle\">said</text>");
        Add(svg, $"<text class=\"tick\" x=\"{Left + 6}\" y=\"{Top + 14}\">came</text></svg>");
        return svg.ToString();
    }

    private static void DrawCounts(StringBuilder svg, IReadOnlyList<ReliabilityPoint> points)
    {
        var (foot, most) = (Top + Side + Counts, Math.Max(1, points.Max(p => p.Count)));
        foreach (var point in points)
        {
            var height = (double)point.Count / most * (Counts - 20);
            Add(svg, $"<rect class=\"bar\" x=\"{X(point.Said) - 7:0.#}\" y=\"{foot - height:0.#}\" width=\"14\" height=\"{height:0.#}\"/>");
            Add(svg, $"<text class=\"count\" x=\"{X(point.Said):0.#}\" y=\"{foot - height - 4:0.#}\" text-anchor=\"middle\">");
            Add(svg, $"{point.Count}</text>");
        }
    }

    private static string Described(IReadOnlyList<ReliabilityPoint> points) => string.Join(
        "; ", points.Select(p => Text($"said {p.Said * 100:0.#} %, came {p.Came * 100:0.#} % ({p.Count} in the bin)"))) + ".";

    private static double X(double share) => Left + (share * Side);

    private static double Y(double share) => Top + ((1 - share) * Side);

    private static void Add(StringBuilder svg, FormattableString text) => svg.Append(Text(text));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
