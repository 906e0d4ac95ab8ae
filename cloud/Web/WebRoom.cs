using IotGateway.Cloud.Web.Layout;

namespace IotGateway.Cloud.Web;

/// <summary>
/// The shell of all pages and answers: layout, navigation, charts, events, assets. Rendered on the server, no circuits, readable without
/// script.
/// </summary>
internal static class WebRoom
{
    public static void AddWeb(this WebApplicationBuilder builder)
    {
        RemoteAccess.Check(builder.Configuration);
        builder.Services.AddRazorComponents();
        builder.Services.AddSingleton<Assets>();
        builder.Services.AddSingleton<Events>();
    }

    /// <summary>Maps what belongs to no room's page; each room maps its own.</summary>
    public static void MapWeb(this IEndpointRouteBuilder routes)
    {
        var pages = routes.AsPages();
        pages.MapGet("/events", (string? hive, HttpContext context, Events events) => events.Get(hive, context));
        pages.MapGet("/assets/{name}", (string name, HttpContext context, Assets assets) => assets.Get(name, context));
        pages.MapFallback(PageRoutes.NotFound);
    }
}
