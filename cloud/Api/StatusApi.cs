using System.Reflection;
using IotGateway.Cloud.Ingest;
using IotGateway.Cloud.Ingest.Queue;
using IotGateway.Cloud.Lake;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Api;

/// <summary>How the cloud is: gateways, counts, health.</summary>
internal static class StatusApi
{
    private const int MostUnreadable = 100;

    private static readonly string Version =
        typeof(StatusApi).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public static void MapStatus(this IEndpointRouteBuilder routes)
    {
        var started = routes.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow();
        routes.MapGet("/api/gateways", (GatewayBook book) => Results.Json(book.All(), ApiJson.Default.IReadOnlyListGatewayView));
        routes.MapGet("/api/status", async (IObservations store, Apiary apiary, IngestCounters counters, CuratedLake lake, QueueState queue, CancellationToken cancellation) =>
            Results.Json(Describe(started, await store.All(cancellation), apiary, counters, lake, queue), ApiJson.Default.StatusJson));
    }

    /// <summary>What each process says of itself, whatever it does; it asks no store.</summary>
    public static void MapWork(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/work", (IngestCounters counters, QueueState queue) =>
            Results.Json(new WorkJson(counters.Counts, counters.RefusedByReason, queue.Depth), ApiJson.Default.WorkJson));
        routes.MapGet("/health", (Health health) => health.Problem is { } problem
            ? Results.Json(new HealthJson("unhealthy", problem), ApiJson.Default.HealthJson, statusCode: StatusCodes.Status503ServiceUnavailable)
            : Results.Json(new HealthJson("healthy", null), ApiJson.Default.HealthJson));
    }

    private static StatusJson Describe(DateTimeOffset started, IReadOnlyList<Series> series, Apiary apiary, IngestCounters counters, CuratedLake lake, QueueState queue) =>
        new StatusJson(
            Version, started, series.Sum(s => s.Count), counters.Counts, counters.RefusedByReason, counters.ConnectionsRefusedByReason, lake.State.Files, CuratedJson(lake),
            [.. series.Select(s => new SeriesJson(s.Device.ToString(), apiary.Find(s.Device)?.Id, s.Metric, s.Unit, s.Count, s.Latest.Time))],
            [
                .. series.GroupBy(s => s.Device).Where(d => apiary.Find(d.Key) is null)
                    .Select(d => new UnassignedJson(d.Key.ToString(), d.Sum(s => s.Count), d.Max(s => s.Latest.Time))),
            ],
            queue.Depth);

    private static CuratedStatusJson CuratedJson(CuratedLake lake) => new(
        lake.State.Partitions, lake.State.Rows, lake.Problem,
        [.. lake.State.Held.Select(h => new HeldJson(h.Partition.Family, h.Partition.Date, h.Held!.Reason, h.Held.Detail, h.Held.Since, h.Held.Sources.Count))],
        lake.State.Unreadable.Count, [.. lake.State.Unreadable.Take(MostUnreadable).Select(u => new UnreadableJson(u.Object, u.Reason, u.Detail))]);
}
