using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace IotGateway.Edge.Status;

/// <summary>The gateway's own page, on loopback unless told otherwise: <c>/</c>, <c>/status.json</c>, <c>/health</c>.</summary>
internal static class StatusEndpoints
{
    /// <summary>
    /// Pages are given to who asks for this machine by a name of its own, so that no foreign page can read them by a name that it points
    /// here: loopback's names and the hosts in <c>Urls</c>, or those of <c>AllowedHosts</c>.
    /// </summary>
    public static string[] Hosts(IConfiguration configuration)
    {
        const StringSplitOptions clean = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        if (configuration["AllowedHosts"] is { Length: > 0 } allowed)
            return allowed.Split(';', clean);
        var own = (configuration["Urls"] ?? "")
            .Split(';', clean)
            .Select(u => BindingAddress.Parse(u).Host)
            .Where(h => h is not ("*" or "+" or "0.0.0.0" or "[::]" or ""));
        return [.. own.Append("localhost").Append("127.0.0.1").Append("[::1]").Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>The methods of each route; any other is answered 405 with these (RFC 9110, 15.5.6).</summary>
    private static readonly string[] Read = [HttpMethods.Get, HttpMethods.Head];

    public static void MapStatus(this WebApplication app)
    {
        app.UseHostFiltering();
        app.UseStatusCodePages(status => RefuseAsync(status.HttpContext));
        var desk = app.Services.GetRequiredService<StatusReport>();
        app.MapMethods(
            "/", Read,
            async context => await Results.Text(await PageAsync(app.Services, desk.For(context.Request)), "text/html", Encoding.UTF8)
                .ExecuteAsync(context));
        app.MapMethods(
            "/status.json", Read,
            context => Results.Json(desk.For(context.Request), StatusJson.Default.StatusView).ExecuteAsync(context));
        app.MapMethods("/health", Read, context =>
        {
            var view = desk.Now();
            return Results.Json(
                new Health(view.Buffer.Writable, view.Problems), StatusJson.Default.Health, statusCode: view.Buffer.Writable ? 200 : 503)
                    .ExecuteAsync(context);
        });
    }

    /// <summary>Answers what no route answered: problem details (RFC 9457), and OPTIONS where a path is known.</summary>
    private static Task RefuseAsync(HttpContext context)
    {
        var response = context.Response;
        if (response.StatusCode == StatusCodes.Status405MethodNotAllowed && HttpMethods.IsOptions(context.Request.Method))
        {
            response.Headers.Allow = string.Join(", ", [.. Read, HttpMethods.Options]);
            response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        var detail = response.StatusCode switch
        {
            StatusCodes.Status404NotFound => "There is nothing at this path; expected /, /status.json or /health.",
            StatusCodes.Status405MethodNotAllowed => $"The method is not taken here; expected {string.Join(", ", Read)}.",
            _ => "The request is not taken.",
        };
        return Results.Json(
            new Refusal("about:blank", "Refused", response.StatusCode, detail), StatusJson.Default.Refusal, "application/problem+json",
            response.StatusCode).ExecuteAsync(context);
    }

    /// <summary>
    /// Renders the page. Razor's own endpoints find components by reflection, which a native program cannot; a renderer of one known page
    /// does not.
    /// </summary>
    private static async Task<string> PageAsync(IServiceProvider services, StatusView view)
    {
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        var parameters =
            ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(StatusPage.View)] = view });
        return await renderer.Dispatcher.InvokeAsync(
            async () => (await renderer.RenderComponentAsync<StatusPage>(parameters)).ToHtmlString());
    }
}
