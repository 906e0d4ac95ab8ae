using IotGateway.Cloud.Web.Pages;
using IotGateway.Cloud.Sites;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IotGateway.Cloud.Web;

/// <summary>The room's entry: the pages, rendered on the server, no circuits, readable without script.</summary>
internal static class DashboardRoom
{
    /// <summary>Nothing from elsewhere, nothing inline: a hive's name can hold what it likes.</summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public static void AddDashboard(this WebApplicationBuilder builder)
    {
        builder.Services.AddRazorComponents();
        builder.Services.AddSingleton<Assets>();
        builder.Services.AddSingleton<Events>();
    }

    public static void MapDashboard(this WebApplication app)
    {
        var pages = app.MapGroup("").AddEndpointFilter(ProtectAsync);
        pages.MapGet("/", () => new RazorComponentResult<HiveListPage>());
        pages.MapGet("/gateways", () => new RazorComponentResult<GatewaysPage>());
        pages.MapGet("/hives/{id}", (string id, string? range, Apiary apiary) =>
            apiary.Find(id) is null ? (IResult)NotFound() : new RazorComponentResult<HivePage>(new { Id = id, Range = Span.Of(range).Key }));
        pages.MapGet("/events", (string? hive, HttpContext context, Events events) => events.Get(hive, context));
        pages.MapGet("/assets/{name}", (string name, HttpContext context, Assets assets) => assets.Get(name, context));
        pages.MapFallback(NotFound);
    }

    private static RazorComponentResult<NotFoundPage> NotFound() => new() { StatusCode = StatusCodes.Status404NotFound };

    private static ValueTask<object?> ProtectAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var headers = context.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        if (headers.CacheControl.Count == 0)
            headers.CacheControl = "no-store";
        return next(context);
    }
}
