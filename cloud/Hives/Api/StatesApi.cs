using IotGateway.Cloud.Hives.State;
using IotGateway.Cloud.Hives.State.Past;
using IotGateway.Cloud.Hives.State.Rule;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Web;

namespace IotGateway.Cloud.Hives.Api;

/// <summary>States of a hive, as they were said hour by hour.</summary>
internal static class StatesApi
{
    private const int MostStates = 31 * 24;

    /// <summary>
    /// <c>GET /api/hives/{id}/states?from=…&amp;to=…</c>: RFC 3339 times; without them the newest state alone. At most 744.
    /// </summary>
    public static void MapStates(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/hives/{id}/states", StatesAsync);
        routes.MapGet("/api/sites/{id}/events", EventsAsync);
        routes.MapGet("/api/sites/{id}/words", WordsAsync);
    }

    /// <summary>
    /// <c>GET /api/sites/{id}/events?from=…&amp;to=…</c>: what two or more hives of an apiary do at once, by their newest states, and, of a
    /// range of as-of times, each hour in which that changed. At most 744.
    /// </summary>
    private static async Task<IResult> EventsAsync(
        string id, string? from, string? to, Apiary apiary, StateStore states, EventStore store, CancellationToken cancellation)
    {
        if (apiary.Find(new SubjectId(SubjectId.Site, id)) is not { } site)
            return Problem.NotFound("site", id);
        var ((since, until), refusal) = TimeRange.Read(from, to, DateTimeOffset.MaxValue, null);
        if (refusal is not null)
            return refusal;
        var events = await states.EventsAsync(apiary, site.Site, cancellation);
        return Results.Json(
            new EventsAnswer(
                id, HiveState.Method, HiveState.MethodNote, [.. events.Select(EventJson.Of)],
                from is null && to is null ? null : await store.RangeAsync(site, since, until, MostStates, cancellation)),
            StateJson.Default.EventsAnswer);
    }

    /// <summary><c>GET /api/sites/{id}/words</c>: how often each check's word was right at a site's hives, by the visits since.</summary>
    private static async Task<IResult> WordsAsync(string id, Apiary apiary, WordRecords records, CancellationToken cancellation) =>
        apiary.Find(new SubjectId(SubjectId.Site, id)) is { } site
            ? Results.Json(
                new WordsAnswer(id, WordRecords.Days, await records.ReadAsync(site.Site, cancellation)), WordsJson.Default.WordsAnswer)
            : Problem.NotFound("site", id);

    private static async Task<IResult> StatesAsync(
        string id, string? from, string? to, Apiary apiary, StateStore states, CancellationToken cancellation)
    {
        if (apiary.FindHive(id) is not { } hive)
            return Problem.NotFound("hive", id);
        var ((since, until), refusal) = TimeRange.Read(from, to, DateTimeOffset.MaxValue, null);
        if (refusal is not null)
            return refusal;

        IReadOnlyList<HiveState> said = from is null && to is null
            ? await states.NewestAsync(hive, cancellation) is { } newest ? [newest] : []
            : await states.RangeAsync(hive, since, until, MostStates, cancellation);
        return Results.Json(new StatesAnswer(id, HiveState.Method, HiveState.MethodNote, said), StateJson.Default.StatesAnswer);
    }
}
