using IotGateway.Aws;
using IotGateway.Cloud.Ingest.Status;
using IotGateway.Storage.Files;

namespace IotGateway.Cloud.Ingest.Queue;

/// <summary>
/// Takes messages from the queue, several batches at once, and deletes them when they are stored. What goes wrong with a service is told in
/// <see cref="Health"/> and tried again for ever: the queue keeps what waits.
/// </summary>
internal sealed class QueueWorker(
    WorkQueue queue, QueueReceiver receiver, QueueOptions options, QueueState state, Health health, TimeProvider time,
    ILogger<QueueWorker> log) : BackgroundService
{
    private static readonly TimeSpan DepthEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Longest time that messages are kept in hand while a service is away; SQS itself takes them back after twelve hours.
    /// </summary>
    private static readonly TimeSpan LongestInHand = TimeSpan.FromHours(6);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await TryAsync(queue.OpenAsync, stoppingToken);
            health.Listening(true);
            log.QueueOpen(options.Url, options.Receivers, queue.MaxReceives);
            await Task.WhenAll(
                [WatchAsync(stoppingToken), .. Enumerable.Range(0, options.Receivers).Select(_ => ReceiveAsync(stoppingToken))]);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Asked to stop, with nothing in hand.
        }
        catch (FormatException e)
        {
            log.QueueUnfit(e.Message);
            throw;
        }
        finally
        {
            health.Listening(false);
        }
    }

    private async Task ReceiveAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
            await TryAsync(ReceiveOnceAsync, stopping);
    }

    private async Task ReceiveOnceAsync(CancellationToken stopping)
    {
        var messages = await queue.ReceiveAsync(stopping);
        if (messages.Count == 0)
            return;

        // What is in hand is finished although the process is to stop; when there is no time for it, another worker gets it again.
        await using var kept = queue.Keep(messages);
        await FinishAsync(messages, stopping);
    }

    /// <summary>
    /// Stores what is in hand, also when a service comes back only after a while. Given back, a message would be received again and again,
    /// and be a dead letter within minutes for no fault of its own. What a service refuses is given back: it may be the message's fault.
    /// </summary>
    private async Task FinishAsync(IReadOnlyList<QueuedMessage> messages, CancellationToken stopping)
    {
        var began = time.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await receiver.TakeAsync(messages, CancellationToken.None);
                if (attempt > 0)
                    health.Trouble(null);
                return;
            }
            catch (AwsException e)
                when (e.Fault.Kind is AwsFaultKind.Unavailable or AwsFaultKind.Throttled && !stopping.IsCancellationRequested
                    && time.GetElapsedTime(began) < LongestInHand)
            {
                await WaitAsync(e, attempt, stopping);
            }
        }
    }

    private async Task WatchAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(DepthEvery, time);
        do
        {
            await TryAsync(async stop => state.Seen(await queue.DepthAsync(stop), time.GetUtcNow()), stopping);
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    /// <summary>Does something until it succeeds, waiting longer and longer between.</summary>
    private async Task TryAsync(Func<CancellationToken, Task> act, CancellationToken stopping)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await act(stopping);
                if (attempt > 0)
                    health.Trouble(null);
                return;
            }
            catch (Exception e) when (e.IsFromDisk() && !stopping.IsCancellationRequested)
            {
                await WaitAsync(e, attempt, stopping);
            }
        }
    }

    private async Task WaitAsync(Exception e, int attempt, CancellationToken stopping)
    {
        var wait = Least + AwsCalls.Wait(attempt, Random.Shared.NextDouble());
        health.Trouble(e.Message);
        log.QueueWaits(e.Message, wait.TotalSeconds);
        await Task.Delay(wait, time, stopping);
    }
}
