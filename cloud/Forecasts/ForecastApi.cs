using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Forecasts;

/// <summary>A hive's runs as JSON.</summary>
internal static class ForecastApi
{
    private const int MostRuns = 31 * 24;

    /// <summary><c>GET /api/hives/{id}/forecasts?from=…&amp;to=…</c>: RFC 3339 times; without them the newest run alone. At most 744.</summary>
    public static void MapForecasts(this IEndpointRouteBuilder app) => app.MapGet("/api/hives/{id}/forecasts", Runs);

    private static IResult Runs(string id, DateTimeOffset? from, DateTimeOffset? to, Apiary apiary, ForecastBook book)
    {
        if (apiary.Find(id) is null)
            return Results.Problem($"There is no hive '{id}'.", statusCode: StatusCodes.Status404NotFound);

        IReadOnlyList<HiveRisk> runs = from is null && to is null
            ? book.Newest(id) is { } newest ? [newest] : []
            : book.Range(id, from ?? DateTimeOffset.UnixEpoch, to ?? DateTimeOffset.MaxValue, MostRuns);
        return Results.Json(new ForecastAnswer(id, HiveRisk.Method, HiveRisk.MethodNote, runs), ForecastJson.Default.ForecastAnswer);
    }
}
