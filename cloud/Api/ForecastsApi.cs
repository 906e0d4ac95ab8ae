using IotGateway.Cloud.Forecasts;
using IotGateway.Cloud.Forecasts.Rule;
using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Api;

/// <summary>A hive's runs.</summary>
internal static class ForecastsApi
{
    private const int MostRuns = 31 * 24;

    /// <summary><c>GET /api/hives/{id}/forecasts?from=…&amp;to=…</c>: RFC 3339 times; without them the newest run alone. At most 744.</summary>
    public static void MapForecasts(this IEndpointRouteBuilder routes) => routes.MapGet("/api/hives/{id}/forecasts", RunsAsync);

    private static async Task<IResult> RunsAsync(string id, string? from, string? to, Apiary apiary, IForecastBook book, CancellationToken cancellation)
    {
        if (apiary.Find(id) is not { } hive)
            return Problem.NotFound("hive", id);
        if (Parameters.Time(to, DateTimeOffset.MaxValue) is not { } until)
            return Problem.BadParameter("to", to, Parameters.TimeExpected);
        if (Parameters.Time(from, DateTimeOffset.UnixEpoch) is not { } since)
            return Problem.BadParameter("from", from, Parameters.TimeExpected);

        IReadOnlyList<HiveState> runs = from is null && to is null
            ? await book.NewestAsync(hive.Device, cancellation) is { } newest ? [newest] : []
            : await book.RangeAsync(hive.Device, since, until, MostRuns, cancellation);
        return Results.Json(new ForecastAnswer(id, HiveState.Method, HiveState.MethodNote, runs), ForecastJson.Default.ForecastAnswer);
    }
}
