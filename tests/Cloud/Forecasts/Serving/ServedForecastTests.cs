using System.Net;
using IotGateway.Cloud.Data.Aws;
using IotGateway.Cloud.Forecasts;
using IotGateway.Cloud.Forecasts.Serving;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Tests.Web;
using IotGateway.Telemetry;
using IotGateway.Tests.Services;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IotGateway.Cloud.Tests.Forecasts.Serving;

/// <summary>Forecasts of an endpoint, from readings to pages and record; each bad answer of it ends in the local model, marked.</summary>
public sealed class ServedForecastTests : IAsyncLifetime
{
    private const string Kind = "nest-temperature";

    private static readonly DateTimeOffset Start = new(2021, 7, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly TempFolder _folder = new();
    private readonly ServingOptions _options = new() { Endpoint = "hives", Model = "gru", Version = "7", BatchRows = 5 };
    private SageMakerStandIn _standIn = null!;
    private PagesHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Subject Hive => _host.Get<Apiary>().FindHive("a")!;

    public async ValueTask InitializeAsync()
    {
        _standIn = await SageMakerStandIn.StartAsync();
        _options.Url = _standIn.Url;
        _host = await PagesHost.StartAsync(
            _folder.Path, PagesHost.Apiary(Origin.Recorded, ("a", "Alder")), judging: false, also: services => services
                .AddSingleton<ForecastRuns>()
                .AddSingleton(_options)
                .AddSingleton(new SageMakerEndpoint(
                    _options, new AwsOptions { Region = AwsServices.Region }, TimeProvider.System, AwsServices.Credentials))
                .AddSingleton<EndpointModel>());
        _host.Store(
            PagesHost.Device("a"), Metrics.HiveTemperature,
            Enumerable.Range(0, 3 * 24 * 4).Select(q => (Start.AddMinutes((q * 15) + 5), 30.0 + (q % 96 / 24))));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _standIn.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(ServingOptions.Csv)]
    [InlineData(ServingOptions.Json)]
    public async Task AnEndpointsWordIsKeptUnderItsOwnModelAndVariantAndScored(string format)
    {
        _options.Format = format;
        await RunAsync();

        var made = await AllAsync();
        Assert.InRange(made.Count, 40, 72);
        Assert.All(made, f => Assert.Equal(
            ("gru", "7/AllTraffic", "endpoint hives, variant AllTraffic", null), (f.Model, f.Version, f.By, f.FellBack)));
        Assert.All(made.SelectMany(f => f.Steps), s => Assert.Equal(s.Baseline + 0.5, s.Value!.Value, 3));
        Assert.All(_standIn.Invocations, i => Assert.InRange(RowsOf(i), 1, _options.BatchRows));
        Assert.Equal(made.Count, _standIn.Invocations.Sum(RowsOf));

        var part = Assert.Single(await RecordAsync(), p => p is { Model: "gru", HoursAhead: 1 });
        Assert.Equal(("7/AllTraffic", 0), (part.Version, part.StoodIn));
        Assert.Contains("Said by endpoint hives, variant AllTraffic.", await PageAsync(), StringComparison.Ordinal);
    }

    public static TheoryData<string, string> BadAnswers => new()
    {
        { "HTML", "it answers 'text/html'; expected application/json" },
        { "HTML called JSON", "what is no such JSON" },
        { "NaN", "a number that is none" },
        { "NaN as a literal", "what is no such JSON" },
        { "half a batch", "it answers 2 rows; expected 5" },
        { "another model's columns", "it answers the columns frost,1h_q10" },
        { "a row too short", "a row of 17 numbers; expected 18" },
        { "85 °C and more", "°C, which no hive has" },
        { "quantiles upside down", "quantiles that do not ascend" },
        { "424", "Received server error (500)" },
        { "throttling", "Rate exceeded" },
        { "an error page of something between", "502" },
        { "a connection that ends", "endpoint hives" },
        { "silence", "no answer within 1 s" },
    };

    [Theory]
    [MemberData(nameof(BadAnswers))]
    public async Task ABadAnswerEndsInTheLocalModelThatSaysSo(string answer, string reason)
    {
        _standIn.Answer = Bad(answer);
        _options.TimeoutSeconds = answer == "silence" ? 1 : _options.TimeoutSeconds;
        await RunAsync();

        var made = await AllAsync();
        Assert.InRange(made.Count, 40, 72);
        Assert.All(made, f => Assert.Equal(("own-fortnight", "1", null), (f.Model, f.Version, f.By)));
        Assert.Contains(reason, made[0].FellBack, StringComparison.Ordinal);
        Assert.All(made, f => Assert.Contains("endpoint hives", f.FellBack, StringComparison.Ordinal));

        var part = Assert.Single(await RecordAsync(), p => p is { Model: "own-fortnight", HoursAhead: 1 });
        Assert.Equal(part.Count, part.StoodIn);
        Assert.Contains("The local model stands in: endpoint hives", await PageAsync(), StringComparison.Ordinal);
        Assert.Contains("stood in for an endpoint", await GetAsync("/record"), StringComparison.Ordinal);
        Assert.Contains("stands in for an endpoint", await GetAsync("/hives/a"), StringComparison.Ordinal);
        Assert.Contains("\"fellBack\":\"endpoint hives", await GetAsync("/api/hives/a/forecasts"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneBadBatchLeavesTheOthersAndAnEndpointThatIsAwayIsAskedOnceAMinute()
    {
        var asked = 0;
        var good = _standIn.Answer;
        _standIn.Answer = (context, body) => (++asked == 2 ? Bad("NaN") : good)(context, body);
        await RunAsync();
        var made = await AllAsync();
        Assert.Equal(5, made.Count(f => f.FellBack is not null));
        Assert.All(made.Take(5).Concat(made.Skip(10)), f => Assert.Equal("gru", f.Model));

        var before = _standIn.Invocations.Count;
        _standIn.Answer = Bad("424");
        var model = _host.Get<EndpointModel>();
        var rows = Enumerable.Repeat(new[] { 30.0 }, 20).ToList();
        var served = await model.PredictAsync(rows, SageMakerStandIn.Columns.Split(','), _ => null, Stop);
        Assert.Equal(before + 1, _standIn.Invocations.Count);
        Assert.All(served, s => Assert.Null(s.Values));
        Assert.EndsWith("not asked again for a minute", served[^1].Reason, StringComparison.Ordinal);
    }

    private static Func<HttpContext, string, Task> Bad(string answer) => answer switch
    {
        "HTML" => SageMakerStandIn.Says("text/html", "<html>Welcome</html>"),
        "HTML called JSON" => SageMakerStandIn.Says("application/json", "<html>Welcome</html>"),
        "NaN" => Rows(row => $"null{row[row.IndexOf(',', StringComparison.Ordinal)..]}"),
        "NaN as a literal" => Rows(row => $"NaN{row[row.IndexOf(',', StringComparison.Ordinal)..]}"),
        "half a batch" => SageMakerStandIn.Changed(text => string.Join("],[", text.Split("],[").Take(2)).TrimEnd(']', '}') + "]]}"),
        "another model's columns" => SageMakerStandIn.Changed(text => text.Replace("1h_value", "frost", StringComparison.Ordinal)),
        "a row too short" => Rows(row => row[..row.LastIndexOf(',')]),
        "85 °C and more" => Rows(row => $"851{row[row.IndexOf(',', StringComparison.Ordinal)..]}"),
        "quantiles upside down" => Rows(row => string.Join(',', row.Split(',').Reverse())),
        "424" => SageMakerStandIn.Error(424, "ModelError", "Received server error (500) from primary"),
        "throttling" => SageMakerStandIn.Error(400, "ThrottlingException", "Rate exceeded"),
        "an error page of something between" => BadGatewayAsync,
        "silence" => (context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted),
        _ => AbortAsync,
    };

    private static Task BadGatewayAsync(HttpContext context, string body)
    {
        context.Response.StatusCode = 502;
        return context.Response.WriteAsync("<html>Bad gateway</html>");
    }

    private static Task AbortAsync(HttpContext context, string body)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    /// <summary>The usual answer with the first row changed.</summary>
    private static Func<HttpContext, string, Task> Rows(Func<string, string> change) => SageMakerStandIn.Changed(text =>
    {
        var from = text.IndexOf("[[", StringComparison.Ordinal) + 2;
        var to = text.IndexOf(']', from);
        return $"{text[..from]}{change(text[from..to])}{text[to..]}";
    });

    private static int RowsOf(Invocation invocation) => invocation.ContentType == "text/csv"
        ? invocation.Body.Count(c => c == '\n')
        : invocation.Body.Split("\"features\"").Length - 1;

    private Task RunAsync() => _host.Get<ForecastRuns>().CatchUpAsync(Stop);

    private Task<IReadOnlyList<Forecast>> AllAsync() =>
        _host.Get<ForecastStore>().RangeAsync(Hive.Key, Kind, Start, Start.AddDays(9), 999, Stop);

    private async Task<IReadOnlyList<IotGateway.Cloud.Forecasts.Record.RecordPart>> RecordAsync() =>
        (await _host.Get<IotGateway.Cloud.Forecasts.Record.RecordReader>().ReadAsync(Stop)).Single(r => r.Kind == Kind).Parts;

    private Task<string> PageAsync() => GetAsync($"/hives/a/forecasts/{Kind}");

    private async Task<string> GetAsync(string path) => WebUtility.HtmlDecode(await _host.Client.GetStringAsync(path, Stop));
}
