using System.Net;
using IotGateway.Cloud.Enrolment;
using IotGateway.Cloud.Ingest.Broker;
using IotGateway.Cloud.Web;
using IotGateway.Telemetry.Fleet;

namespace IotGateway.Cloud.Fleet;

/// <summary>
/// Desired settings of a gateway, read and set: <c>/api/gateways/{name}/config</c>. Set from this machine alone, since there are no
/// accounts.
/// </summary>
internal static class ConfigApi
{
    private static readonly TimeSpan BodyWithin = TimeSpan.FromSeconds(10);

    public static void MapConfig(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/gateways/{name}/config", Get);
        routes.MapPut("/api/gateways/{name}/config", PutAsync);
    }

    private static async Task<IResult> PutAsync(
        string name, HttpContext http, Shadows shadows, EnrolledGateways enrolled, GatewayBroker broker)
    {
        if (http.Connection.RemoteIpAddress is not { } remote || !IPAddress.IsLoopback(remote))
            return Problem.Refused(StatusCodes.Status403Forbidden, "A gateway's configuration is set from the cloud's own machine.");
        if (!http.Request.HasJsonContentType())
            return Problem.Refused(StatusCodes.Status415UnsupportedMediaType, "Expected Content-Type: application/json.");
        if (!enrolled.IsEnrolled(name))
            return Problem.Refused(StatusCodes.Status404NotFound, $"Gateway '{Problem.Shown(name)}' is not enrolled.");
        var (body, unread) = await RequestBody.ReadAsync(http, FleetTopics.MaxShadowBytes, BodyWithin);
        if (body is null)
            return unread!;
        if (ShadowJson.Read(body, out var problem) is not { } desired)
            return Problem.Refused(
                StatusCodes.Status400BadRequest,
                $"The body cannot be read: {problem}. Expected settings such as {{\"backlogShare\": 0.3}}; null takes one away.");
        try
        {
            var shadow = shadows.Set(name, desired);
            if (ShadowTopics.Delta(name, shadow) is { } delta)
                await broker.SendAsync(name, delta);
            return Json(shadow);
        }
        catch (ShadowRefusedException e)
        {
            return Problem.Refused(e.Code, e.Message);
        }
    }

    private static IResult Get(string name, Shadows shadows)
    {
        var (shadow, trouble) = shadows.Look(name);
        return shadow is not null
            ? Json(shadow)
            : Problem.Refused(
                StatusCodes.Status404NotFound, trouble ?? $"Gateway '{Problem.Shown(name)}' has no shadow yet.", "Not found");
    }

    private static IResult Json(ShadowDocument shadow) => Results.Text(Shadows.Describe(shadow).ToJsonString(), "application/json");
}
