using IotGateway.Cloud.Data;

namespace IotGateway.Cloud.Api;

/// <summary>The room's entry.</summary>
internal static class ApiRoom
{
    public static void AddApi(this WebApplicationBuilder builder) => RemoteAccess.Check(builder.Configuration);

    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        routes = routes.WithAnswerHeaders();
        routes.MapHives();
        routes.MapSeries();
        routes.MapForecasts();
        routes.MapWeather();
        routes.MapStatus();
    }

    /// <summary>How the process is, whatever its role.</summary>
    public static void MapProcess(this IEndpointRouteBuilder routes) => routes.WithAnswerHeaders().MapWork();
}
