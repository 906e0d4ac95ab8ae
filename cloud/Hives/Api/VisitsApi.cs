using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using IotGateway.Cloud.Hives.Visits;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Web;

namespace IotGateway.Cloud.Hives.Api;

/// <summary>
/// Visits of a hive, read and written: <c>/api/hives/{id}/visits</c>. A visit is posted once and corrected by versions; none is changed.
/// </summary>
internal static class VisitsApi
{
    private const int MostVisits = 200;
    private const int MostBytes = 16 * 1024;
    private static readonly TimeSpan BodyWithin = TimeSpan.FromSeconds(10);

    public static void MapVisits(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/hives/{id}/visits", ListAsync);
        routes.MapPost("/api/hives/{id}/visits", AddAsync);
        routes.MapGet("/api/hives/{id}/visits/{visit}", VersionsAsync);
        routes.MapPut("/api/hives/{id}/visits/{visit}", CorrectAsync);
    }

    private static async Task<IResult> ListAsync(
        string id, string? after, string? limit, Apiary apiary, VisitBook book, CancellationToken cancellation)
    {
        if (apiary.FindHive(id) is not { } hive)
            return Problem.NotFound("hive", id);
        if (Parameters.Limit(limit, MostVisits) is not { } most)
            return Problem.BadParameter("limit", limit, $"1 to {MostVisits}");
        var known = await book.KnownAsync(hive, await book.NowAsync(hive, cancellation), cancellation);
        var all = known.Reverse().ToList();
        var first = after is null ? 0 : all.FindIndex(v => v.Id == after) + 1;
        if (after is not null && first == 0)
            return Problem.BadParameter("after", after, "the id of a visit of this hive");
        VisitVersion[] some = [.. all.Skip(first).Take(most)];
        var next = first + some.Length < all.Count ? $"/api/hives/{id}/visits?after={some[^1].Id}&limit={most}" : null;
        return Results.Json(new VisitsAnswer(id, some, next), VisitJson.Default.VisitsAnswer);
    }

    private static async Task<IResult> VersionsAsync(
        string id, string visit, Apiary apiary, VisitBook book, CancellationToken cancellation) =>
        apiary.FindHive(id) is not { } hive ? Problem.NotFound("hive", id)
        : await book.VersionsAsync(hive, visit, cancellation) is { Count: > 0 } versions
            ? Results.Json(new VersionsAnswer(id, visit, versions), VisitJson.Default.VersionsAnswer)
            : Problem.NotFound("visit", visit);

    private static async Task<IResult> AddAsync(string id, HttpContext http, Apiary apiary, VisitBook book)
    {
        if (apiary.FindHive(id) is not { } hive)
            return Problem.NotFound("hive", id);
        var (visit, refusal) = await ReadAsync(http, VisitJson.Default.Visit);
        return visit is null ? refusal! : Answer(id, await book.AddAsync(hive, visit, http.RequestAborted), http);
    }

    private static async Task<IResult> CorrectAsync(string id, string visit, HttpContext http, Apiary apiary, VisitBook book)
    {
        if (apiary.FindHive(id) is not { } hive)
            return Problem.NotFound("hive", id);
        var (correction, refusal) = await ReadAsync(http, VisitJson.Default.Correction);
        if (correction is null)
            return refusal!;
        return await book.CorrectAsync(hive, visit, correction, http.RequestAborted) is { } outcome
            ? Answer(id, outcome, http)
            : Problem.NotFound("visit", visit);
    }

    private static async Task<(T? Body, IResult? Refusal)> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> type)
        where T : class
    {
        // A page of another site cannot send this type without asking first.
        if (!http.Request.HasJsonContentType())
            return (null, Problem.Refused(StatusCodes.Status415UnsupportedMediaType, "Expected Content-Type: application/json."));
        var (body, unread) = await RequestBody.ReadAsync(http, MostBytes, BodyWithin);
        if (body is null)
            return (null, unread);
        try
        {
            return JsonSerializer.Deserialize(body, type) is { } read
                ? (read, null)
                : (null, Problem.Refused(StatusCodes.Status400BadRequest, "The body is null; expected a visit."));
        }
        catch (JsonException e)
        {
            return (null, Problem.Refused(StatusCodes.Status400BadRequest, $"The body cannot be read at {e.Path ?? "$"}: {e.Message}"));
        }
    }

    private static IResult Answer(string hive, VisitOutcome outcome, HttpContext http)
    {
        if (outcome.Fault is { } fault)
            return Problem.BadParameter(fault.Field, fault.Value, fault.Expected);
        if (outcome.Conflict is { } conflict)
            return Problem.Refused(StatusCodes.Status409Conflict, conflict, "Written otherwise already");
        http.Response.Headers.Location = $"/api/hives/{hive}/visits/{outcome.Standing!.Id}";
        return Results.Json(
            outcome.Standing, VisitJson.Default.VisitVersion,
            statusCode: outcome.Added ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }
}
