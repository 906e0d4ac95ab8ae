using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace IotGateway.Cloud.Tests.Forecasts.Serving;

/// <summary>One request as it arrived.</summary>
internal sealed record Invocation(string Path, string ContentType, string Accept, string Variant, string Body);

/// <summary>
/// SageMaker's runtime on a free port, which answers as it is told. Left to itself it says of each row a value half a degree above the last
/// hour, with quantiles a degree around it. It checks no signatures: a gate stands before it.
/// </summary>
internal sealed class SageMakerStandIn : IAsyncDisposable
{
    public const string Columns =
        "1h_value,1h_q10,1h_q25,1h_q50,1h_q75,1h_q90,6h_value,6h_q10,6h_q25,6h_q50,6h_q75,6h_q90,24h_value,24h_q10,24h_q25,24h_q50,24h_q75,"
        + "24h_q90";

    private const string Csv = "text/csv";

    private readonly WebApplication _app;

    private SageMakerStandIn(WebApplication app) => _app = app;

    public ConcurrentQueue<Invocation> Invocations { get; } = [];

    /// <summary>Answers in the place of the usual answer.</summary>
    public Func<HttpContext, string, Task> Answer { get; set; } = GoodAsync;

    public string Url => _app.Urls.First();

    public int Port => new Uri(Url).Port;

    public static async Task<SageMakerStandIn> StartAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = [] });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var standIn = new SageMakerStandIn(app);
        app.MapPost("/endpoints/{name}/invocations", standIn.TakeAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return standIn;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>The service's own error: its code in a header, its sentence in the body.</summary>
    public static Func<HttpContext, string, Task> Error(int status, string code, string message) => (context, _) =>
    {
        context.Response.StatusCode = status;
        context.Response.Headers["x-amzn-ErrorType"] = code;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(status == 424
            ? $$"""{"ErrorCode":"CLIENT_ERROR_FROM_MODEL","Message":"{{message}}","OriginalMessage":"x","OriginalStatusCode":500}"""
            : $$"""{"message":"{{message}}"}""");
    };

    /// <summary>A successful answer of any form.</summary>
    public static Func<HttpContext, string, Task> Says(string mediaType, string body) => (context, _) =>
    {
        context.Response.ContentType = mediaType;
        return context.Response.WriteAsync(body);
    };

    /// <summary>The usual answer with its text changed.</summary>
    public static Func<HttpContext, string, Task> Changed(Func<string, string> change) => (context, body) =>
    {
        context.Response.ContentType = context.Request.ContentType;
        return context.Response.WriteAsync(change(Good(context.Request.ContentType == Csv, body)));
    };

    private static Task GoodAsync(HttpContext context, string body)
    {
        var variant = context.Request.Headers["X-Amzn-SageMaker-Target-Variant"].ToString();
        context.Response.Headers["x-Amzn-Invoked-Production-Variant"] = variant.Length > 0 ? variant : "AllTraffic";
        return Changed(text => text)(context, body);
    }

    private static string Good(bool csv, string body)
    {
        var rows = Rows(csv, body).Select(Row).ToList();
        var columns = Columns.Replace(",", "\",\"", StringComparison.Ordinal);
        return csv
            ? string.Join('\n', rows.Prepend(Columns)) + "\n"
            : $$"""{"columns":["{{columns}}"],"predictions":[{{string.Join(',', rows.Select(r => $"[{r}]"))}}]}""";
    }

    private static string Row(double last)
    {
        var steps = new[] { 0.5, -1, -0.5, 0, 0.5, 1 }.Select(d => (last + d).ToString("0.####", CultureInfo.InvariantCulture)).ToList();
        return string.Join(',', steps.Concat(steps).Concat(steps));
    }

    private static IEnumerable<double> Rows(bool csv, string body) => csv
        ? body.TrimEnd('\n').Split('\n').Select(line => double.Parse(line.Split(',')[^1], CultureInfo.InvariantCulture))
        : JsonDocument.Parse(body).RootElement.GetProperty("instances").EnumerateArray()
            .Select(i => i.GetProperty("features").EnumerateArray().Last().GetDouble());

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var headers = context.Request.Headers;
        Invocations.Enqueue(new Invocation(
            context.Request.Path, headers.ContentType.ToString(), headers.Accept.ToString(),
            headers["X-Amzn-SageMaker-Target-Variant"].ToString(), body));
        await Answer(context, body);
    }
}
