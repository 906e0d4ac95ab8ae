using System.Globalization;
using System.Text;

namespace IotGateway.Cloud.Web.Charts;

/// <summary>A line of a day without axes; its least and greatest value stand beside it in words.</summary>
internal static class Sparkline
{
    private const int Width = 160;
    private const int Height = 36;

    /// <param name="label">What a reader who sees no picture should know.</param>
    /// <param name="samples">Ascending in time.</param>
    /// <param name="from">The left edge.</param>
    /// <param name="to">The right edge.</param>
    public static string Draw(string label, IReadOnlyList<Sample> samples, DateTimeOffset from, DateTimeOffset to)
    {
        var svg = new StringBuilder();
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<svg class=\"spark\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{System.Net.WebUtility.HtmlEncode(label)}\" "
                + $"preserveAspectRatio=\"none\"><path class=\"line hive\" d=\"");
        samples =
        [
            .. samples.Where(s => double.IsFinite(s.Value))
                .Select(s => s with { Value = Math.Clamp(s.Value, -ValueAxis.Most, ValueAxis.Most) }),
        ];
        if (samples.Count > 0)
        {
            // At least two degrees high: a steady nest should look steady.
            var (least, greatest) = (samples.Min(s => s.Value), samples.Max(s => s.Value));
            var (middle, span) = ((least + greatest) / 2, Math.Max(2, greatest - least));
            foreach (var run in Samples.Split(samples, Samples.LongestJoin))
            {
                var thin = Samples.Thin(run, 120);
                for (var i = 0; i < thin.Count; i++)
                {
                    var x = (thin[i].Time - from) / (to - from) * Width;
                    var y = (Height / 2.0) - ((thin[i].Value - middle) / span * (Height - 6));
                    svg.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{x:0.#} {y:0.#}");
                }

                if (thin.Count == 1)
                    svg.Append("h0.1");
            }
        }

        return svg.Append("\"/></svg>").ToString();
    }
}
