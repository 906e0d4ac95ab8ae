using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace IotGateway.Cloud.Tests.Weather;

/// <summary>A provider on 127.0.0.1 that answers as a test says, and notes what it was asked.</summary>
internal sealed class ProviderServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ProviderServer(WebApplication app) => _app = app;

    public ConcurrentQueue<(string Path, string Query, string Agent)> Asked { get; } = [];

    public Uri Address => new(_app.Urls.First());

    /// <summary>Answers each request by the first entry that its path begins with.</summary>
    public ConcurrentDictionary<string, Func<HttpContext, Task>> Answers { get; } = new(StringComparer.Ordinal);

    public static async Task<ProviderServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new ProviderServer(app);
        app.Run(async context =>
        {
            var path = context.Request.Path.Value!;
            server.Asked.Enqueue((path, context.Request.QueryString.Value!, context.Request.Headers.UserAgent.ToString()));
            var found =
                server.Answers.Where(a => path.StartsWith(a.Key, StringComparison.Ordinal)).OrderByDescending(
                    a => a.Key.Length).FirstOrDefault().Value;
            if (found is null)
                context.Response.StatusCode = 404;
            else
                await found(context);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public static Func<HttpContext, Task> Body(byte[] body, string type = "application/json") => context =>
    {
        context.Response.ContentType = type;
        return context.Response.Body.WriteAsync(body).AsTask();
    };

    public static Func<HttpContext, Task> Body(string body, string type = "application/json") =>
        Body(System.Text.Encoding.UTF8.GetBytes(body), type);

    public static Func<HttpContext, Task> Status(int status, string? retryAfter = null) => context =>
    {
        context.Response.StatusCode = status;
        if (retryAfter is not null)
            context.Response.Headers.RetryAfter = retryAfter;
        return Task.CompletedTask;
    };

    /// <summary>Sends half of a body that it announced whole, then ends the connection.</summary>
    public static Func<HttpContext, Task> Cut(byte[] body) => async context =>
    {
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2));
        await context.Response.Body.FlushAsync();
        context.Abort();
    };

    /// <summary>One answer after another; the last for good.</summary>
    public static Func<HttpContext, Task> InTurn(params Func<HttpContext, Task>[] answers)
    {
        var next = -1;
        return context => answers[Math.Min(Interlocked.Increment(ref next), answers.Length - 1)](context);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
