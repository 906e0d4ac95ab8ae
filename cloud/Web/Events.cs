using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Web;

/// <summary>
/// Tells open pages that hives have something new, as server-sent events: <c>changed</c> with the hives' ids, at most one a second a
/// listener, and a <c>heartbeat</c> where nothing changes, so that a dead connection shows. Where other processes write the store too,
/// pages are told to look again instead.
/// </summary>
internal sealed class Events(Apiary apiary, ChangeFeed changes, TimeProvider time, IHostApplicationLifetime host)
{
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>Time in which changes are gathered to be told at once; also gives the forecaster its turn before the page asks.</summary>
    public static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(300);

    /// <summary>The shortest time between two events.</summary>
    public static readonly TimeSpan Apart = TimeSpan.FromSeconds(1);

    /// <summary><c>GET /events?hive=…</c>; without a hive, all of them.</summary>
    public IResult Get(string? hive, HttpContext context)
    {
        if (hive is not null && apiary.FindHive(hive) is null)
            return Problem.NotFound("hive", hive);

        // A stream has no end: who asks for its headers alone gets them at once.
        if (HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.ContentType = "text/event-stream";
            return Results.Empty;
        }

        return TypedResults.ServerSentEvents(StreamAsync(hive is null ? null : apiary.FindHive(hive), context.RequestAborted));
    }

    internal async IAsyncEnumerable<SseItem<string>> StreamAsync(Subject? only, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, host.ApplicationStopping);
        var enumerator = changes.ListenAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        var next = enumerator.MoveNextAsync().AsTask();
        try
        {
            // The first bytes tell the browser at once that it is connected.
            yield return new SseItem<string>("{}", "heartbeat");
            while (!stop.IsCancellationRequested)
            {
                using var quiet = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
                var first = await Task.WhenAny(next, Task.Delay(Heartbeat, time, quiet.Token));
                await quiet.CancelAsync();
                if (stop.IsCancellationRequested)
                    break;
                if (first != next)
                {
                    yield return changes.HearsAll
                        ? new SseItem<string>("{}", "heartbeat")
                        : new SseItem<string>(JsonSerializer.Serialize(Hives(only)), "changed");
                    continue;
                }

                await PauseAsync(Gather, stop.Token);
                if (!await next)
                    break;
                var changed = Hives(enumerator.Current, only);
                next = enumerator.MoveNextAsync().AsTask();
                if (changed.Length == 0)
                    continue;
                yield return new SseItem<string>(JsonSerializer.Serialize(changed), "changed");
                await PauseAsync(Apart - Gather, stop.Token);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAny(next);
            await enumerator.DisposeAsync();
        }
    }

    private string[] Hives(Subject? only) => only is null ? [.. apiary.Hives.Select(h => h.Id).Order(StringComparer.Ordinal)] : [only.Id];

    private string[] Hives(IEnumerable<DeviceId> devices, Subject? only) =>
    [
        .. devices.Select(apiary.Find).OfType<Subject>().Where(h => h.Key.Kind == SubjectId.Hive && (only is null || h.Id == only.Id))
            .Select(h => h.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    private async Task PauseAsync(TimeSpan length, CancellationToken cancellation) =>
        await Task.Delay(length, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
