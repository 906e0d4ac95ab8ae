using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Web;

namespace IotGateway.Cloud.Forecasts;

/// <summary>Routes of the forecasts of a subject, all registered kinds side by side.</summary>
internal static class ForecastsApi
{
    private const int MostForecasts = 31 * 24;

    /// <summary>
    /// <c>GET /api/hives/{id}/forecasts?from=…&amp;to=…</c>, and of sites likewise: RFC 3339 times of as-of; without them the newest
    /// forecast of each kind alone. At most 744 a kind.
    /// </summary>
    public static void MapForecastsApi(this IEndpointRouteBuilder routes)
    {
        foreach (var kind in new[] { SubjectId.Hive, SubjectId.Site })
        {
            routes.MapGet($"/api/{kind}s/{{id}}/forecasts", (
                string id, string? from, string? to, Apiary apiary, IEnumerable<IForecastKind> kinds, ForecastStore store,
                CancellationToken cancellation) =>
                ForecastsAsync(new SubjectId(kind, id), from, to, apiary, kinds, store, cancellation));
        }
    }

    private static async Task<IResult> ForecastsAsync(
        SubjectId id, string? from, string? to, Apiary apiary, IEnumerable<IForecastKind> kinds, ForecastStore store,
        CancellationToken cancellation)
    {
        if (apiary.Find(id) is not { } subject)
            return Problem.NotFound(id.Kind, id.Id);
        var ((since, until), refusal) = TimeRange.Read(from, to, DateTimeOffset.MaxValue, null);
        if (refusal is not null)
            return refusal;

        var found = new List<ForecastsOfKind>();
        foreach (var kind in kinds.Where(k => k.SubjectKind == id.Kind))
        {
            IReadOnlyList<Forecast> forecasts = from is null && to is null
                ? await store.NewestAsync(subject.Key, kind.Name, cancellation) is { } newest ? [newest] : []
                : await store.RangeAsync(subject.Key, kind.Name, since, until, MostForecasts, cancellation);
            found.Add(new ForecastsOfKind(
                kind.Name, forecasts, await store.ScoresAsync(subject.Key, kind.Name, since, until, MostForecasts, cancellation)));
        }

        return Results.Json(new ForecastsAnswer(subject.Key.ToString(), found), ForecastJson.Default.ForecastsAnswer);
    }
}
