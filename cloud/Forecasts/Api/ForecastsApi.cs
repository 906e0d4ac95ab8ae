using IotGateway.Cloud.Forecasts.Record;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Web;

namespace IotGateway.Cloud.Forecasts.Api;

/// <summary>Routes of the forecasts of a subject, all registered kinds side by side.</summary>
internal static class ForecastsApi
{
    private const int MostForecasts = 31 * 24;

    /// <summary>
    /// <c>GET /api/hives/{id}/forecasts?from=…&amp;to=…</c>, and of sites and states likewise: RFC 3339 times of as-of; without them the
    /// newest forecast of each kind alone. At most 744 a kind. <c>…/forecasts/as-of?time=…</c>: each hourly kind as of an hour, made now
    /// where the runs have made none.
    /// </summary>
    public static void MapForecastsApi(this IEndpointRouteBuilder routes)
    {
        foreach (var kind in routes.ServiceProvider.GetRequiredService<KnownSubjects>().Kinds)
        {
            routes.MapGet($"/api/{kind}s/{{id}}/forecasts", (
                string id, string? from, string? to, KnownSubjects subjects, RecordedKinds kinds, ForecastStore store,
                CancellationToken cancellation) =>
                ForecastsAsync(new SubjectId(kind, id), from, to, subjects, kinds, store, cancellation));
            routes.MapGet($"/api/{kind}s/{{id}}/forecasts/as-of", (
                string id, string? time, KnownSubjects subjects, OnDemandForecasts demand, CancellationToken cancellation) =>
                AsOfAsync(new SubjectId(kind, id), time, subjects, demand, cancellation));
        }
    }

    private static async Task<IResult> ForecastsAsync(
        SubjectId id, string? from, string? to, KnownSubjects subjects, RecordedKinds kinds, ForecastStore store,
        CancellationToken cancellation)
    {
        if (subjects.Find(id) is not { } subject)
            return Problem.NotFound(id.Kind, id.Id);
        var ((since, until), refusal) = TimeRange.Read(from, to, DateTimeOffset.MaxValue, null);
        if (refusal is not null)
            return refusal;

        var found = new List<ForecastsOfKind>();
        foreach (var kind in kinds.Of(id.Kind))
        {
            IReadOnlyList<Forecast> forecasts = from is null && to is null
                ? await store.NewestAsync(subject.Key, kind.Name, cancellation) is { } newest ? [newest] : []
                : await store.RangeAsync(subject.Key, kind.Name, since, until, MostForecasts, cancellation);
            found.Add(new ForecastsOfKind(
                kind.Name, forecasts, await store.ScoresAsync(subject.Key, kind.Name, since, until, MostForecasts, cancellation)));
        }

        return Results.Json(new ForecastsAnswer(subject.Key.ToString(), found), ForecastJson.Default.ForecastsAnswer);
    }

    private static async Task<IResult> AsOfAsync(
        SubjectId id, string? time, KnownSubjects subjects, OnDemandForecasts demand, CancellationToken cancellation)
    {
        if (subjects.Find(id) is not { } subject)
            return Problem.NotFound(id.Kind, id.Id);
        if (Parameters.Time(time, DateTimeOffset.MaxValue) is not { } asOf)
            return Problem.BadParameter("time", time, Parameters.TimeExpected);
        var now = await demand.NowAsync(subject, cancellation);
        return time is not null && now is { } until && asOf > until
            ? Problem.BadParameter("time", time, $"a time not after the site's, which is {Parameters.Text(until)}")
            : Results.Json(
                new AsOfAnswer(subject.Key.ToString(), await demand.AllAsOfAsync(subject, time is null ? null : asOf, cancellation)),
                ForecastJson.Default.AsOfAnswer);
    }
}
