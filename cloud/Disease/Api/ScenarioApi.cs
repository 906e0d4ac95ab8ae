using System.Text.Json;
using IotGateway.Cloud.Disease.Scenarios;
using IotGateway.Cloud.Web;
using IotGateway.Science;
using Microsoft.AspNetCore.Mvc;

namespace IotGateway.Cloud.Disease.Api;

/// <summary>
/// <c>GET /api/disease</c>: a scenario of this cloud's sites; <c>POST /api/disease</c>: one of the apiaries in the body, up to 10,000.
/// Both take <c>kind</c>, <c>treatment</c>, <c>at</c>, <c>standstill</c> and <c>seed</c>, the first <c>drawn</c> too.
/// </summary>
internal static class ScenarioApi
{
    private const int MostBytes = 4 * 1024 * 1024;
    private static readonly TimeSpan BodyWithin = TimeSpan.FromSeconds(20);

    public static void MapScenarios(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/disease", OfSitesAsync);
        routes.MapPost("/api/disease", OfBodyAsync).WithMetadata(new RequestSizeLimitAttribute(MostBytes));
    }

    private static async Task<IResult> OfSitesAsync(
        string? kind, string? treatment, string? at, string? standstill, string? seed, string? drawn, SiteApiaries sites, ScenarioDesk desk,
        CancellationToken cancellation)
    {
        if (drawn is not (null or "true" or "false"))
            return Problem.BadParameter("drawn", drawn, "true or false");
        var ground = await sites.ReadAsync(drawn is "true", cancellation);
        var (question, refusal) = QuestionReader.Read(kind, treatment, at, standstill, seed, [.. ground.Apiaries.Select(a => a.Id)]);
        return question is null ? refusal! : await AnswerAsync(question, ground, desk, cancellation);
    }

    private static async Task<IResult> OfBodyAsync(
        string? kind, string? treatment, string? at, string? standstill, string? seed, HttpContext http, ScenarioDesk desk)
    {
        // A page of another site cannot send this type without asking first.
        if (!http.Request.HasJsonContentType())
            return Problem.Refused(StatusCodes.Status415UnsupportedMediaType, "Expected Content-Type: application/json.");
        var (body, unread) = await RequestBody.ReadAsync(http, MostBytes, BodyWithin);
        if (body is null)
            return unread!;
        AskedApiaries? asked;
        try
        {
            asked = JsonSerializer.Deserialize(body, ScenarioJson.Default.AskedApiaries);
        }
        catch (JsonException e)
        {
            return Problem.Refused(StatusCodes.Status400BadRequest, $"The body cannot be read at {e.Path ?? "$"}: {e.Message}");
        }

        if (asked is null || asked.HoldsNull)
            return Problem.Refused(StatusCodes.Status400BadRequest, "The body or an item of its lists is null; expected apiaries.");
        var ids = asked.Apiaries.Select(a => a.Id).ToHashSet(StringComparer.Ordinal);
        var (question, refusal) = QuestionReader.Read(kind, treatment, at, standstill, seed, ids);
        return question is null ? refusal! : await AnswerAsync(question, asked.ToGround(), desk, http.RequestAborted);
    }

    private static async Task<IResult> AnswerAsync(
        ScenarioQuestion question, ApiaryGround ground, ScenarioDesk desk, CancellationToken cancellation)
    {
        try
        {
            return await desk.AnswerAsync(question, ground, cancellation) is { } answer
                ? Results.Json(answer, ScenarioJson.Default.ScenarioAnswer)
                : Problem.Unavailable("Other scenarios are being run; expected to be asked again in a minute.");
        }
        catch (InputException e)
        {
            return Problem.BadParameter(e.Input, e.Value, e.Range);
        }
    }
}
