using Microsoft.AspNetCore.Http.HttpResults;

namespace IotGateway.Edge.Status;

/// <summary>The gateway's own page, on loopback unless told otherwise: <c>/</c>, <c>/status.json</c>, <c>/health</c>.</summary>
internal static class StatusEndpoints
{
    public static void MapStatus(this WebApplication app)
    {
        app.MapGet("/", (StatusDesk desk) => new RazorComponentResult<StatusPage>(new { View = desk.Now() }));
        app.MapGet("/status.json", (StatusDesk desk) => Results.Json(desk.Now(), StatusJson.Default.StatusView));
        app.MapGet("/health", (StatusDesk desk) =>
        {
            var view = desk.Now();
            return Results.Json(
                new Health(view.Buffer.Writable, view.Problems), StatusJson.Default.Health, statusCode: view.Buffer.Writable ? 200 : 503);
        });
    }
}
