using System.Reflection;
using IotGateway.Cloud.Forecasts;
using IotGateway.Cloud.Forecasts.Runs;
using IotGateway.Cloud.Hives.State;
using IotGateway.Cloud.Ingest.Status;
using IotGateway.Cloud.Lake.Curated;
using IotGateway.Cloud.Lake.Raw;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Web;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Operations;

/// <summary>API of the cloud's state: gateways, counts, health.</summary>
internal static class StatusApi
{
    private const int MostUnreadable = 100;
    private const int MostWarnings = 20;
    private const int MostDevices = 1_000;
    private const int DevicesByDefault = 200;
    private const int DevicesAtOnce = 50;
    private const int MostGateways = 500;
    private const int GatewaysByDefault = 100;

    /// <summary>A page of devices ends before it would have more series than so many: a device may have hundreds.</summary>
    private const int MostSeries = 10_000;

    private static readonly string Version =
        typeof(StatusApi).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public static void MapStatus(this IEndpointRouteBuilder routes)
    {
        var started = routes.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow();
        routes.MapGet("/api/gateways", Gateways);
        routes.MapGet(
            "/api/status",
            (string? after, string? limit, HttpContext http) => StatusAsync(
                started, after, limit, http.RequestServices, http.RequestAborted));
    }

    /// <summary>Each process's word on itself, whatever it does; it asks no store.</summary>
    public static void MapWork(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/work", (IngestCounters counters, QueueState queue, CuratedLake lake,
            [FromKeyedServices(StateRuns.Counters)] RunCounters states, [FromKeyedServices(ForecastRuns.Counters)] RunCounters forecasts) =>
            Results.Json(
                new WorkJson(counters.Counts, counters.RefusedByReason, queue.Depth, CuratedJson(lake), Of(states), Of(forecasts)),
                OperationsJson.Default.WorkJson));
        routes.MapGet("/health", (Health health, LakeFaults faults) => health.Problem is { } problem
            ? Results.Json(
                new HealthJson("unhealthy", problem), OperationsJson.Default.HealthJson,
                statusCode: StatusCodes.Status503ServiceUnavailable)
            : Results.Json(new HealthJson("healthy", null, Warnings(faults)), OperationsJson.Default.HealthJson));
    }

    /// <summary>
    /// <c>GET /api/gateways?after=NAME&amp;limit=N</c>: an array; the header <c>Link</c> has the address of the rest (RFC 8288).
    /// </summary>
    private static IResult Gateways(string? after, string? limit, HttpContext http, GatewayList gateways)
    {
        if (after is not null && !GatewayId.IsValid(after))
            return Problem.BadParameter("after", after, "a gateway's name");
        if (Parameters.Limit(limit, MostGateways, GatewaysByDefault) is not { } most)
            return Problem.BadParameter("limit", limit, $"1 to {MostGateways}");
        var (page, next) = gateways.Page(after, most);
        if (next is not null)
            http.Response.Headers.Link = $"</api/gateways?after={next}&limit={most}>; rel=\"next\"";
        return Results.Json(page, OperationsJson.Default.IReadOnlyListGatewayView);
    }

    /// <summary>
    /// <c>GET /api/status?after=DEVICE&amp;limit=N</c>: the process, and the devices after one, so many; however many there are, it costs
    /// the same.
    /// </summary>
    private static async Task<IResult> StatusAsync(
        DateTimeOffset started, string? after, string? limit, IServiceProvider services, CancellationToken cancellation)
    {
        var last = default(DeviceId);
        if (after is not null && !DeviceId.TryParse(after, out last))
            return Problem.BadParameter("after", after, "a device's identifier");
        if (Parameters.Limit(limit, MostDevices, DevicesByDefault) is not { } most)
            return Problem.BadParameter("limit", limit, $"1 to {MostDevices}");

        var store = services.GetRequiredService<IObservations>();
        var devices = await store.DevicesAsync(after is null ? null : last, most + 1, cancellation);
        var series = new List<Series>();
        var shown = 0;
        foreach (var some in devices.Take(most).Chunk(DevicesAtOnce))
        {
            foreach (var latest in await Task.WhenAll(some.Select(d => store.LatestAsync(d, cancellation))))
                series.AddRange(latest);
            shown += some.Length;
            if (series.Count >= MostSeries)
                break;
        }

        var next = devices.Count > shown ? $"/api/status?after={Uri.EscapeDataString(devices[shown - 1].ToString())}&limit={most}" : null;
        var readings = store.Count;
        return Results.Json(
            Describe(
                started, readings, series, next, services.GetRequiredService<Apiary>(), services.GetRequiredService<IngestCounters>(),
                services.GetRequiredService<CuratedLake>(), services.GetRequiredService<QueueState>(),
                services.GetRequiredService<LakeFaults>()),
            OperationsJson.Default.StatusJson);
    }

    private static string[]? Warnings(LakeFaults faults)
    {
        var found = faults.All.Where(f => f.Mended is null).TakeLast(MostWarnings).Select(f => $"{f.Place}: {f.Detail}").ToArray();
        return found.Length > 0 ? found : null;
    }

    private static RunsJson Of(RunCounters runs) => new(runs.Done, runs.Skipped, runs.Failed);

    private static StatusJson Describe(
        DateTimeOffset started, long? readings, IReadOnlyList<Series> series, string? next, Apiary apiary, IngestCounters counters,
        CuratedLake lake, QueueState queue, LakeFaults faults) =>
        new StatusJson(
            Version, started, readings, counters.Counts, counters.RefusedByReason, counters.ConnectionsRefusedByReason,
            lake.IsMadeHere ? lake.State.Files : null, CuratedJson(lake),
            [
                .. series.Select(s => new SeriesJson(
                    s.Device.ToString(), apiary.Find(s.Device)?.Id, s.Metric, s.Unit, s.Count, s.Latest.Time)),
            ],
            [
                .. series.GroupBy(s => s.Device).Where(d => apiary.Find(d.Key) is null)
                    .Select(d => new UnassignedJson(d.Key.ToString(), d.Sum(s => s.Count), d.Max(s => s.Latest.Time))),
            ],
            next, queue.Depth, faults.All);

    private static CuratedStatusJson? CuratedJson(CuratedLake lake) => !lake.IsMadeHere ? null : new(
        lake.State.Partitions, lake.State.Rows, lake.Problem,
        [
            .. lake.State.Held.Take(MostUnreadable).Select(h => new HeldJson(
                h.Partition.Family, h.Partition.Date, h.Held!.Reason, h.Held.Detail, h.Held.Since, h.Held.Sources.Count)),
        ],
        lake.State.Unreadable.Count,
        [.. lake.State.Unreadable.Take(MostUnreadable).Select(u => new UnreadableJson(u.Object, u.Reason, u.Detail))]);
}
