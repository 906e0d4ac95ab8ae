using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using IotGateway.Aws;
using IotGateway.Hosting;
using IotGateway.Storage.Files;

namespace IotGateway.Edge.Objects.Sending;

/// <summary>
/// Sends the outbox to the store, one object at a time, by itself: it shares no connection, queue or lock with the readings' way to the
/// cloud.
/// The cloud is told nothing over MQTT; it lists the bucket, whose keys say all.
/// </summary>
internal sealed class ObjectForwarder(
    ObjectOutbox outbox, ObjectSender sender, ObjectStore store, ObjectStatus book, TimeProvider time,
    ILogger<ObjectForwarder> log) : BackgroundService
{
    private const string RegionKey = "Objects:Region";

    private bool _newest = true;

    /// <summary>The wait after a refusal that only a person can mend: five to ten minutes.</summary>
    public static TimeSpan Slow(double random) => Backoff.Longest * (1 + random);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        book.Begun(store.Target);
        var backoff = new Backoff(Random.Shared.NextDouble);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await SendNextAsync(stoppingToken))
                    await outbox.WaitAsync(stoppingToken);
                backoff.Reset();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
                when (e.IsFromDisk() || e is AmazonServiceException or AmazonClientException or HttpRequestException or SocketException
                    or TimeoutException or OperationCanceledException)
            {
                var fault = AwsFault.Of(e, RegionKey) ?? new AwsFault(AwsFaultKind.Unavailable, e.Message);
                var state = IsForAPerson(e, fault) ? StoreState.Blocked : StoreState.Unreachable;
                var wait = state == StoreState.Blocked ? Slow(Random.Shared.NextDouble()) : backoff.Next();
                book.Failed(state, fault.Reason);
                log.StoreFailed(
                    store.Target, state == StoreState.Blocked ? "refuses" : "does not answer", fault.Reason, outbox.State.Files,
                    wait.TotalSeconds);
                await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Sends one object; false when none waits.</summary>
    public async Task<bool> SendNextAsync(CancellationToken cancellation)
    {
        await sender.AbortAbandonedAsync(cancellation);
        _newest = !_newest;
        if (outbox.Take(_newest) is not { } next)
            return false;
        try
        {
            if (await sender.SendAsync(next, cancellation) == SendResult.Stored)
                book.Sent(next.Bytes);
            return true;
        }
        finally
        {
            outbox.PutBack();
        }
    }

    /// <summary>The answer to a HEAD has no body, so a 400 without a word may well be about credentials or region.</summary>
    private static bool IsForAPerson(Exception e, AwsFault fault) => fault.Kind is AwsFaultKind.Refused
        || e is AmazonServiceException
        {
            StatusCode: HttpStatusCode.BadRequest, ErrorCode: null or "" or nameof(
            HttpStatusCode.BadRequest)
        };
}
