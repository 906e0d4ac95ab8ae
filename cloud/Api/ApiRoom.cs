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
    }

    /// <summary>How the process is, whatever it does.</summary>
    public static void MapStatus(this IEndpointRouteBuilder routes) => StatusApi.MapRoutes(routes.WithAnswerHeaders());
}
