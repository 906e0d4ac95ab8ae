using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using IotGateway.Cloud.Enrolment;
using IotGateway.Cloud.Ingest.Broker;
using IotGateway.Telemetry.Fleet;

namespace IotGateway.Cloud.Fleet;

/// <summary>
/// Desired settings of a gateway, read and set: <c>/api/gateways/{name}/config</c>. Set from this machine alone, since there are no
/// accounts.
/// </summary>
internal static class ConfigApi
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    public static void MapConfig(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/gateways/{name}/config", (string name, Shadows shadows) =>
            shadows.Find(name) is { } shadow
                ? Json(shadow)
                : Refusal(StatusCodes.Status404NotFound, $"Gateway '{Shown(name)}' has no shadow yet."));
        routes.MapPut("/api/gateways/{name}/config", PutAsync);
    }

    private static async Task<IResult> PutAsync(
        string name, HttpContext http, Shadows shadows, EnrolledGateways enrolled, GatewayBroker broker)
    {
        if (http.Connection.RemoteIpAddress is not { } remote || !IPAddress.IsLoopback(remote))
            return Refusal(StatusCodes.Status403Forbidden, "A gateway's configuration is set from the cloud's own machine.");
        if (!http.Request.HasJsonContentType())
            return Refusal(StatusCodes.Status415UnsupportedMediaType, "Expected Content-Type: application/json.");
        if (!enrolled.IsEnrolled(name))
            return Refusal(StatusCodes.Status404NotFound, $"Gateway '{Shown(name)}' is not enrolled.");
        if (http.Request.ContentLength is not (>= 0 and <= FleetTopics.MaxShadowBytes))
            return Refusal(
                StatusCodes.Status413PayloadTooLarge,
                $"The body is {http.Request.ContentLength} bytes; expected up to {FleetTopics.MaxShadowBytes}.");
        try
        {
            if (await JsonNode.ParseAsync(
                http.Request.Body, documentOptions: Strict, cancellationToken: http.RequestAborted) is not JsonObject desired)
                return Refusal(
                    StatusCodes.Status400BadRequest,
                    "The body is no object; expected settings such as {\"backlogShare\": 0.3}; null takes one away.");
            var shadow = shadows.Update(name, desired, null, null);
            if (ShadowTopics.Delta(name, shadow) is { } delta)
                await broker.SendAsync(name, delta);
            return Json(shadow);
        }
        catch (JsonException e)
        {
            return Refusal(StatusCodes.Status400BadRequest, $"The body is no JSON: {e.Message}");
        }
        catch (ShadowRefusedException e)
        {
            return Refusal(e.Code, e.Message);
        }
    }

    private static IResult Json(ShadowDocument shadow) => Results.Text(Shadows.Describe(shadow).ToJsonString(), "application/json");

    private static IResult Refusal(int status, string detail) => Results.Text(
        new JsonObject { ["type"] = "about:blank", ["title"] = "Refused", ["status"] = status, ["detail"] = detail }.ToJsonString(),
        "application/problem+json", statusCode: status);

    private static string Shown(string text) => text.Length > 80 ? string.Concat(text.AsSpan(0, 80), "…") : text;
}
