using Microsoft.AspNetCore.Http.HttpResults;

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
        var own = (configuration["Urls"] ?? "").Split(';', clean).Select(u => BindingAddress.Parse(u).Host).Where(h => h is not ("*" or "+" or "0.0.0.0" or "[::]" or ""));
        return [.. own.Append("localhost").Append("127.0.0.1").Append("[::1]").Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    public static void MapStatus(this WebApplication app)
    {
        app.UseHostFiltering();
        app.MapGet("/", (StatusReport desk) => new RazorComponentResult<StatusPage>(new { View = desk.Now() }));
        app.MapGet("/status.json", (StatusReport desk) => Results.Json(desk.Now(), StatusJson.Default.StatusView));
        app.MapGet("/health", (StatusReport desk) =>
        {
            var view = desk.Now();
            return Results.Json(
                new Health(view.Buffer.Writable, view.Problems), StatusJson.Default.Health, statusCode: view.Buffer.Writable ? 200 : 503);
        });
    }
}
