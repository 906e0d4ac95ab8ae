using System.Globalization;
using System.Net;
using System.Text;
using IotGateway.Cloud.Disease.Scenarios;
using IotGateway.Science.Earth;

namespace IotGateway.Cloud.Disease.Pages;

/// <summary>
/// Map of apiaries as SVG, north up, with a scale: each a link to its row of the table, its size and colour the class of its chance, its
/// percentage beside it where there is room. Without a background: whatever is drawn there would have to be fetched from elsewhere.
/// </summary>
internal static class ApiaryMap
{
    /// <summary>Apiaries drawn; the table has all.</summary>
    public const int Most = 500;

    private const double Side = 320;
    private const double Margin = 40;

    /// <param name="id">Unique on the page.</param>
    /// <param name="title">Of the map.</param>
    /// <param name="apiaries">At least one.</param>
    /// <param name="horizon">Number of the chance among an apiary's.</param>
    public static string Draw(string id, string title, IReadOnlyList<ApiaryAnswer> apiaries, int horizon)
    {
        ApiaryAnswer[] drawn = [.. apiaries.OrderByDescending(a => a.Chances[horizon].Value).Take(Most)];
        var frame = Frame.Around(drawn);
        var svg = new StringBuilder();
        Add(svg, $"<svg class=\"apiaries\" viewBox=\"0 0 {Side} {Side}\" role=\"group\" aria-labelledby=\"{id}-t\">");
        Add(svg, $"<title id=\"{id}-t\">{WebUtility.HtmlEncode(title)}</title>");
        Add(svg, $"<text class=\"north\" x=\"{Side - 12}\" y=\"18\" text-anchor=\"end\" aria-hidden=\"true\">↑ N</text>");
        var names = new MapLabels(Side);
        foreach (var apiary in drawn)
            names.Keep(frame.At(apiary), ChanceClass.Radius(ChanceClass.Of(apiary.Chances[horizon].Value)));
        foreach (var apiary in drawn)
            DrawOne(svg, apiary, apiary.Chances[horizon].Value, frame.At(apiary), names);
        var (bar, kilometres) = frame.Scale();
        Add(svg, $"<path class=\"scale\" d=\"M12 {Side - 16}v6h{bar:0.#}v-6\"/>");
        Add(svg, $"<text class=\"scale\" x=\"{16 + bar:0.#}\" y=\"{Side - 9}\">{kilometres:0.###} km</text></svg>");
        return svg.ToString();
    }

    /// <summary>The greatest chance is drawn first, so that its larger circle hides no smaller one.</summary>
    private static void DrawOne(StringBuilder svg, ApiaryAnswer apiary, double chance, (double X, double Y) at, MapLabels names)
    {
        var (of, name) = (ChanceClass.Of(chance), WebUtility.HtmlEncode(apiary.Name));
        var percent = WebUtility.HtmlEncode(ChanceClass.Percent(chance));
        Add(svg, $"<a href=\"#apiary-{WebUtility.HtmlEncode(apiary.Id)}\"><title>{name}: {percent}</title>");
        Add(svg, $"<circle class=\"chance-{of}\" cx=\"{at.X:0.#}\" cy=\"{at.Y:0.#}\" r=\"{ChanceClass.Radius(of)}\"/>");
        if (names.Place($"{apiary.Name} {ChanceClass.Percent(chance)}", at, ChanceClass.Radius(of)) is { } label)
            Add(svg, $"<text x=\"{label.X:0.#}\" y=\"{label.Y:0.#}\">{name} {percent}</text>");

        Add(svg, $"</a>");
    }

    private static void Add(StringBuilder svg, FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture));

    /// <summary>Plane around the apiaries, scaled to the drawing.</summary>
    private sealed record Frame(LocalProjection Plane, double East, double North, double PixelsPerMetre)
    {
        private const double LeastMetres = 1_000;

        public static Frame Around(ApiaryAnswer[] apiaries)
        {
            var plane = new LocalProjection(new GeoPoint(apiaries[0].Latitude, apiaries[0].Longitude));
            var places = apiaries.Select(a => plane.ToPlane(new GeoPoint(a.Latitude, a.Longitude))).ToList();
            var (west, east) = (places.Min(p => p.East), places.Max(p => p.East));
            var (south, north) = (places.Min(p => p.North), places.Max(p => p.North));
            var metres = Math.Max(LeastMetres, Math.Max(east - west, north - south));
            return new Frame(plane, (west + east) / 2, (south + north) / 2, (Side - (2 * Margin)) / metres);
        }

        public (double X, double Y) At(ApiaryAnswer apiary)
        {
            var (east, north) = Plane.ToPlane(new GeoPoint(apiary.Latitude, apiary.Longitude));
            return ((Side / 2) + ((east - East) * PixelsPerMetre), (Side / 2) - ((north - North) * PixelsPerMetre));
        }

        /// <summary>A round number of kilometres, at most a third of the map wide, with its length in the drawing.</summary>
        public (double Pixels, double Kilometres) Scale()
        {
            var most = Side / 3 / PixelsPerMetre / 1_000;
            var power = Math.Pow(10, Math.Floor(Math.Log10(most)));
            var kilometres = most >= 5 * power ? 5 * power : most >= 2 * power ? 2 * power : power;
            return (kilometres * 1_000 * PixelsPerMetre, kilometres);
        }
    }
}
