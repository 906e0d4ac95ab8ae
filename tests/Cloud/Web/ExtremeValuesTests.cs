using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using System.Text.Json.Nodes;
using CsCheck;
using IotGateway.Cloud.Hives.State;
using IotGateway.Cloud.Hives.State.Neighbours;
using IotGateway.Cloud.Hives.State.Rule;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Web.Charts;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Tests.Web;

/// <summary>Values at the ends of what a double holds: finite pages, finite answers, in bounded time.</summary>
public sealed partial class ExtremeValuesTests
{
    private static readonly DateTimeOffset Start = new(2021, 7, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<double> Any = Gen.OneOf(
        Gen.Double, Gen.Double[-100, 100],
        Gen.Int[0, Corners.Length - 1].Select(i => Corners[i]));

    private static double[] Corners =>
    [
        1e300, -1e300, 1e308, -1e308, double.MaxValue, double.MinValue, double.Epsilon, -double.Epsilon, 4.9e-324, 0, -0.0, 34.5,
        double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e15, 123456789.123,
    ];

    [GeneratedRegex("NaN|Infinity|∞|[0-9]{25}", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex NoNumber { get; }

    public static TheoryData<double[]> Series => new(
        [1e300], [34.5, 1e300], [1e308, 1e308, 1e308], [-1e308, 1e308], [double.MaxValue, double.MinValue], [4.9e-324, -4.9e-324, 34.5],
        [1e18, 1e18 + 4096], [double.MaxValue]);

    [Theory]
    [MemberData(nameof(Series))]
    public async Task PagesAndAnswersAreFinite(double[] values)
    {
        using var folder = new TempFolder();
        await using var host = await PagesHost.StartAsync(
            folder.Path, PagesHost.Apiary(Origin.Recorded, ("a", "Alder")), judging: true);
        foreach (var metric in new[] { Metrics.HiveTemperature, Metrics.HiveHumidity, Metrics.Weight })
            host.Store(
                PagesHost.Device("a"), metric, Enumerable.Range(0, 400).Select(q => (Start.AddMinutes(q * 15), values[q % values.Length])));

        foreach (var path in new[]
        {
            "/", "/hives/a", "/hives/a?range=30d", "/api/hives", "/api/hives/a", "/api/hives/a/series", "/api/hives/a/series?hours=1",
            "/api/hives/a/series?hours=744", "/api/hives/a/readings?metric=weight", "/api/hives/a/states",
        })
        {
            using var answer = await host.Client.GetAsync(path);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path} answered {answer.StatusCode}");
            Assert.InRange(text.Length, 1, 600_000);
            if (!path.StartsWith("/api", StringComparison.Ordinal))
                Assert.False(NoNumber.IsMatch(text), $"{path}: {NoNumber.Match(text)} in it");
        }
    }

    [Fact]
    public async Task OneImpossibleValueDoesNotHideTheOthers()
    {
        using var folder = new TempFolder();
        await using var host = await PagesHost.StartAsync(
            folder.Path, PagesHost.Apiary(Origin.Recorded, ("a", "Alder")), judging: false);
        host.Store(
            PagesHost.Device("a"), Metrics.HiveTemperature,
            Enumerable.Range(0, 100).Select(q => (Start.AddMinutes(q * 15), q == 50 ? 1e300 : 34.5)));

        var page = WebUtility.HtmlDecode(await host.Client.GetStringAsync("/hives/a"));

        Assert.Contains("1 reading of this range cannot be real and is not drawn.", page, StringComparison.Ordinal);
        Assert.Contains("34.5 °C to 34.5 °C in the hive", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheMeanOfAnHourIsRightWhereItsSumIsBeyondADouble()
    {
        using var folder = new TempFolder();
        await using var host = await PagesHost.StartAsync(
            folder.Path, PagesHost.Apiary(Origin.Recorded, ("a", "Alder")), judging: false);
        double[] values = [1e308, 1e308, 1e308, 5e307];
        host.Store(PagesHost.Device("a"), Metrics.Weight, values.Select((v, i) => (Start.AddMinutes(i), v)));
        host.Store(PagesHost.Device("a"), Metrics.Weight, [(Start.AddHours(1), -1e308)]);

        var hours = JsonNode.Parse(await host.Client.GetStringAsync("/api/hives/a/series?metrics=weight&hours=1"))!["series"]![0]!["mean"]!;
        var both = JsonNode.Parse(await host.Client.GetStringAsync("/api/hives/a/series?metrics=weight&hours=2"))!["series"]![0]!["mean"]!;

        Assert.Equal(0.875, (double)hours[0]! / 1e308, 9);
        Assert.Equal((3.5 - 1) / 5, (double)both[0]! / 1e308, 9);
    }

    [Fact]
    public void EveryAxisHasFewTicksThatRise() => Gen.Select(Any, Any, Gen.Int[1, 12], Gen.Double[0.001, 10]).Sample((a, b, ticks, least) =>
    {
        if (!double.IsFinite(a) || !double.IsFinite(b))
            return;
        var axis = ValueAxis.Cover(Math.Min(a, b), Math.Max(a, b), ticks, least);
        var drawn = axis.Ticks().ToList();
        Assert.True(double.IsFinite(axis.Min) && double.IsFinite(axis.Max) && axis.Max > axis.Min, $"{axis}");
        Assert.InRange(drawn.Count, 2, ticks + 5);
        Assert.Equal(drawn.Distinct().Order(), drawn);
    });

    [Fact]
    public void EveryChartAndSparklineIsFiniteAndSmall() => Gen.Select(Any.Array[0, 60], Any.Array[0, 20]).Sample((inside, bars) =>
    {
        Sample[] samples = [.. inside.Select((v, i) => new Sample(Start.AddMinutes(20 * i), v))];
        var chart = new Chart
        {
            Id = "c",
            Title = "c",
            Description = "c",
            From = Start,
            To = Start.AddDays(1),
            Zone = TimeZoneInfo.Utc,
            Lines = [new("l", "l", samples, Samples.LongestJoin)],
            Band = new("b", [.. samples.Select(s => (s.Time, s.Value, -s.Value))]),
            Bars = [.. bars.Select((v, i) => new Bar(Start.AddHours(i), Start.AddHours(i + 1), v))],
        };
        foreach (var svg in new[]
        {
            ChartSvg.Draw(chart, ChartSize.Wide), ChartSvg.Draw(chart with { FromZero = true, Low = true }, ChartSize.Narrow),
            Sparkline.Draw("s", samples, Start, Start.AddDays(1)),
        })
        {
            Assert.False(NoNumber.IsMatch(svg), NoNumber.Match(svg).Value);
            Assert.InRange(svg.Length, 1, 30_000);
        }
    });

    [Fact]
    public void MeansLieBetweenTheLeastAndTheGreatest() => Any.Array[1, 40].Sample(any =>
    {
        double[] values = [.. any.Where(double.IsFinite)];
        if (values.Length == 0)
            return;
        var mean = Means.Of(values)!.Value;
        var exact = values.Sum(v => (decimal)Math.Clamp(v / 1e290, -1e20, 1e20)) / values.Length;
        Assert.True(double.IsFinite(mean));
        Assert.InRange(mean / 1e290, (double)exact - 1e9, (double)exact + 1e9);
    });

    [Fact]
    public void TheRuleSaysSomethingFiniteOfAnyValues() => Any.Array[1, 400].Sample(values =>
    {
        Observation[] all =
        [
            .. values.Where(double.IsFinite).Select((v, i) => new Observation(Start.AddMinutes(i * 30), v, Quality.Good)),
        ];
        var site = new Neighbourhood([("b", "B", new NestTemperatures(all)), ("c", "C", new NestTemperatures(all))]);
        var judged = Judgement.Judge(new HiveRecord(all, all, null), "a", site, [], null, Start.AddHours(all.Length / 2));
        var json = StatesAnswer.Describe(judged).ToJsonString();
        Assert.False(NoNumber.IsMatch(string.Concat(judged.Reasons.Select(r => r.Text))), json);
    });
}
