using IotGateway.Cloud.Web.Layout;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace IotGateway.Cloud.Web;

/// <summary>
/// The shell of all pages and answers: layout, navigation, charts, events, assets. Rendered on the server, no circuits, readable without
/// script.
/// </summary>
internal static class WebRoom
{
    /// <summary>Connections at a time; each open page has one, and one more while it loads.</summary>
    private const int MostConnections = 1_000;

    /// <summary>Bodies are small: settings, or a batch. Each route that takes one has a bound of its own.</summary>
    private const int MostBodyBytes = 1024 * 1024;

    public static void AddWeb(this WebApplicationBuilder builder)
    {
        RemoteAccess.Check(builder.Configuration);
        builder.WebHost.ConfigureKestrel(Limit);
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
    }

    /// <summary>
    /// Bounds of what a client may hold by being slow. A body must come at 240 bytes a second after 5 s, or it is answered 408.
    /// </summary>
    private static void Limit(KestrelServerOptions server)
    {
        var slowest = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        server.AddServerHeader = false;
        server.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        server.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
        server.Limits.MinRequestBodyDataRate = slowest;
        server.Limits.MinResponseDataRate = slowest;
        server.Limits.MaxRequestBodySize = MostBodyBytes;
        server.Limits.MaxConcurrentConnections = MostConnections;
    }
}
