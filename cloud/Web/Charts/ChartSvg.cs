using System.Globalization;
using System.Net;
using System.Text;

namespace IotGateway.Cloud.Web.Charts;

/// <summary>Draws a chart as SVG: no script, no styles of its own, every text escaped.</summary>
internal sealed class ChartSvg
{
    private const int Top = 12;
    private const int Bottom = 28;
    private const int Right = 10;
    private const int RowHeight = 26;

    private readonly Chart _chart;
    private readonly ChartSize _size;
    private readonly ValueAxis _axis;
    private readonly int _height;
    private readonly int _left;
    private readonly StringBuilder _svg = new();

    private ChartSvg(Chart chart, ChartSize size)
    {
        chart = Finite(chart);
        _chart = chart;
        _size = size;
        _height = chart.Rows.Count > 0 ? (chart.Rows.Count * RowHeight) + Top + Bottom : chart.Low ? (size.Height / 2) + Top : size.Height;
        _left = chart.Rows.Count > 0 ? 82 : size.Left;
        var values = chart.Lines.SelectMany(l => l.Samples).Select(s => s.Value)
            .Concat(chart.Band?.Hours.SelectMany(h => new[] { h.Low, h.High }) ?? [])
            .Concat(chart.Bars.Select(b => b.Value))
            .DefaultIfEmpty(0).ToList();
        _axis = ValueAxis.Cover(
            chart.FromZero ? 0 : values.Min(), chart.FromZero ? Math.Max(values.Max(), chart.LeastStep) : values.Max(), chart.Low ? 3 : 5,
            chart.LeastStep);
    }

    public static string Draw(Chart chart, ChartSize size) => new ChartSvg(chart, size).Draw();

    private string Draw()
    {
        var id = $"{_chart.Id}-{_size.Class}";
        Add(
            $"<svg class=\"chart {_size.Class}\" viewBox=\"0 0 {_size.Width} {_height}\" role=\"img\" aria-labelledby=\"{Text(id)}-t ",
            $"{Text(id)}-d\" tabindex=\"0\" id=\"{Text(id)}\"");
        Add(
            $" data-plot=\"{_left} {Top} {_size.Width - Right} {_height - Bottom}\" data-time=\"{_chart.From.ToUnixTimeSeconds()} ",
            $"{_chart.To.ToUnixTimeSeconds()}\" data-value=\"{_axis.Min} {_axis.Max}\" data-zone=\"{Text(_chart.Zone.Id)}\" ",
            $"data-unit=\"{Text(_chart.Unit)}\">");
        Add($"<title id=\"{Text(id)}-t\">{Text(_chart.Title)}</title><desc id=\"{Text(id)}-d\">{Text(_chart.Description)}</desc>");
        foreach (var (from, to) in _chart.Nights)
            Add(
                $"<rect class=\"night\" x=\"{X(from):0.#}\" y=\"{Top}\" width=\"{X(to) - X(from):0.#}\" ",
                $"height=\"{_height - Top - Bottom}\"/>");
        if (_chart.Rows.Count > 0)
            DrawRows();
        else
            DrawValues();
        DrawTimes();
        if (!_chart.HasData)
            Add(
                $"<text class=\"none\" x=\"{(_left + _size.Width - Right) / 2}\" y=\"{(_height / 2) - 4}\" ",
                $"text-anchor=\"middle\">{Text(_chart.Nothing)}</text>");
        Add($"</svg>");
        return _svg.ToString();
    }

    private void DrawValues()
    {
        foreach (var tick in _axis.Ticks())
        {
            Add($"<line class=\"grid\" x1=\"{_left}\" x2=\"{_size.Width - Right}\" y1=\"{Y(tick):0.#}\" y2=\"{Y(tick):0.#}\"/>");
            Add($"<text class=\"tick\" x=\"{_left - 7}\" y=\"{Y(tick) + 4:0.#}\" text-anchor=\"end\">{Number(tick)}</text>");
        }

        Add($"<text class=\"unit\" x=\"{_left + 5}\" y=\"{Top + 11}\">{Text(_chart.Unit)}</text>");
        DrawBand();
        foreach (var bar in _chart.Bars.Where(b => b.Value > 0))
            Add(
                $"<rect class=\"bar\" data-t=\"{bar.From.ToUnixTimeSeconds()}\" data-v=\"{Number(bar.Value)}\" x=\"{X(bar.From):0.#}\" ",
                $"y=\"{Y(bar.Value):0.#}\" width=\"{Math.Max(1, X(bar.To) - X(bar.From) - 0.5):0.#}\" ",
                $"height=\"{Y(_axis.Min) - Y(bar.Value):0.#}\"/>");
        foreach (var line in _chart.Lines)
            DrawLine(line);
    }

    private void DrawBand()
    {
        if (_chart.Band is not { } band)
            return;
        foreach (var run in Samples.Split([.. band.Hours.Select(h => new Sample(h.Time, 0))], TimeSpan.FromHours(1.5))
            .Where(r => r.Length > 1))
        {
            var hours = band.Hours.Where(h => h.Time >= run[0].Time && h.Time <= run[^1].Time).ToList();
            Add($"<path class=\"band\" d=\"M");
            foreach (var h in hours)
                Add($"{X(h.Time):0.#} {Y(h.High):0.#}L");
            for (var i = hours.Count - 1; i >= 0; i--)
                Add($"{X(hours[i].Time):0.#} {Y(hours[i].Low):0.#}{(i > 0 ? "L" : "Z")}");
            Add($"\"/>");
        }
    }

    private void DrawLine(Line line)
    {
        var runs = Samples.Split(line.Samples, line.LongestJoin).ToList();
        var total = Math.Max(1, line.Samples.Count);
        Add($"<path class=\"line {Text(line.Class)}\" data-name=\"{Text(line.Name)}\" d=\"");
        foreach (var run in runs)
        {
            var thin = Samples.Thin(run, Math.Max(4, (int)((long)_size.MostPoints * run.Length / total)));
            for (var i = 0; i < thin.Count; i++)
                Add($"{(i == 0 ? "M" : "L")}{X(thin[i].Time):0.#} {Y(thin[i].Value):0.#}");
            if (thin.Count == 1)
                Add($"h0.1");
        }

        Add($"\"/>");
    }

    private void DrawRows()
    {
        for (var row = 0; row < _chart.Rows.Count; row++)
        {
            var y = Top + (row * RowHeight);
            Add($"<line class=\"grid\" x1=\"{_left}\" x2=\"{_size.Width - Right}\" y1=\"{y + RowHeight}\" y2=\"{y + RowHeight}\"/>");
            Add($"<text class=\"tick\" x=\"{_left - 7}\" y=\"{y + 17}\" text-anchor=\"end\">{Text(_chart.Rows[row])}</text>");
        }

        foreach (var s in _chart.Stretches)
            Add(
                $"<rect class=\"stretch {Text(s.Class)}\" data-t=\"{s.From.ToUnixTimeSeconds()}\" data-row=\"{Text(_chart.Rows[s.Row])}\" ",
                $"x=\"{X(s.From):0.#}\" y=\"{Top + (s.Row * RowHeight) + 5}\" width=\"{Math.Max(1.5, X(s.To) - X(s.From)):0.#}\" ",
                $"height=\"{RowHeight - 9}\"/>");
    }

    private void DrawTimes()
    {
        foreach (var tick in TimeAxis.Ticks(_chart.From, _chart.To, _chart.Zone, _size.TimeTicks))
        {
            var x = X(tick.Time);
            Add(
                $"<line class=\"{(tick.Day ? "grid day" : "grid")}\" x1=\"{x:0.#}\" x2=\"{x:0.#}\" y1=\"{Top}\" ",
                $"y2=\"{_height - Bottom + 4}\"/>");
            var anchor = x > _size.Width - Right - 18 ? "end" : x < _left + 12 ? "start" : "middle";
            Add(
                $"<text class=\"{(tick.Day ? "tick day" : "tick")}\" x=\"{x:0.#}\" y=\"{_height - Bottom + 18}\" ",
                $"text-anchor=\"{anchor}\">{Text(tick.Label)}</text>");
        }
    }

    private double X(DateTimeOffset time) =>
        _left + ((time - _chart.From) / (_chart.To - _chart.From) * (_size.Width - Right - _left));

    private double Y(double value) =>
        _height - Bottom - ((Math.Clamp(value, _axis.Min, _axis.Max) - _axis.Min) / (_axis.Max - _axis.Min) * (_height - Bottom - Top));

    /// <summary>The chart without what is no number: an average or a band may be none.</summary>
    private static Chart Finite(Chart chart) => chart with
    {
        Lines = [.. chart.Lines.Select(l => l with { Samples = [.. l.Samples.Where(s => double.IsFinite(s.Value))] })],
        Bars = [.. chart.Bars.Where(b => double.IsFinite(b.Value))],
        Band = chart.Band is { } band
            ? band with { Hours = [.. band.Hours.Where(h => double.IsFinite(h.Low) && double.IsFinite(h.High))] }
            : null,
    };

    /// <summary>A number that has room at an axis, however large.</summary>
    private static string Number(double value) =>
        value.ToString(Math.Abs(value) < 1e6 ? "0.##" : "0.##E+0", CultureInfo.InvariantCulture);

    private void Add(params FormattableString[] parts) =>
        _svg.AppendJoin("", parts.Select(p => p.ToString(CultureInfo.InvariantCulture)));

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
