using System.Xml.Linq;
using IotGateway.Cloud.Web.Charts;

namespace IotGateway.Cloud.Tests.Web;

public sealed class ChartSvgTests
{
    private static readonly DateTimeOffset Start = new(2021, 7, 1, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public void ItIsWellFormedNamedAndEscaped()
    {
        var svg = Draw([new Sample(Start, 34)]);
        Assert.Equal("img", svg.Attribute("role")!.Value);
        Assert.Equal("Temperature of <script>\"", svg.Elements().First().Value);
        Assert.Contains("°C", svg.Value, StringComparison.Ordinal);
        Assert.Contains("2 Jul", svg.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void AGapStartsTheLineAnew()
    {
        var line = Line(
            Draw(
                [
                    .. Enumerable.Range(0, 8).Select(i => new Sample(Start.AddMinutes(15 * i), 34)),
                    .. Enumerable.Range(0, 8).Select(i => new Sample(Start.AddMinutes(300 + (15 * i)), 34)),
                ]));
        Assert.Equal(2, line.Count(c => c == 'M'));
    }

    [Fact]
    public void AMonthIsDrawnWithAThousandPointsAndItsPeak()
    {
        var month = Enumerable.Range(0, 30 * 96).Select(i => new Sample(Start.AddMinutes(15 * i), i == 1234 ? 49.9 : 34)).ToArray();
        var svg = Draw(month);
        Assert.InRange(Line(svg).Count(c => c is 'M' or 'L'), 500, 1000);
        Assert.Equal("30 50", svg.Attribute("data-value")!.Value);
        Assert.Contains(" 13.1", Line(svg), StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutDataItSaysSo() => Assert.Contains("no data in this range", Draw([]).Value, StringComparison.Ordinal);

    private static string Line(XElement svg) =>
        svg.Elements().Single(e => e.Attribute("class")?.Value == "line hive").Attribute("d")!.Value;

    private static XElement Draw(Sample[] samples) => XElement.Parse(ChartSvg.Draw(
        new Chart
        {
            Id = "t",
            Title = "Temperature of <script>\"",
            Description = "…",
            Unit = "°C",
            From = Start,
            To = samples.Length > 0 ? samples[^1].Time.AddDays(1.5) : Start.AddDays(1),
            Zone = TimeZoneInfo.FindSystemTimeZoneById("America/Toronto"),
            Lines = [new Line("in the hive", "hive", samples, Samples.LongestJoin)],
        },
        ChartSize.Wide));
}
