using IotGateway.Cloud.Lake;
using IotGateway.Cloud.Observations;

namespace IotGateway.Cloud.Ingest;

/// <summary>
/// Moves what the log holds into raw objects, one for each gateway's stream and segment. A segment goes once its objects are durable and
/// the hot store has its batches, durably. A lake that cannot be reached is tried again; the log grows meanwhile.
/// </summary>
internal sealed class Settling(RawLog raw, RawObjects objects, IObservations store, Projection projection, TimeProvider time, ILogger<Settling> log) : BackgroundService
{
    /// <summary>A segment is ended when it holds something for so long.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Settles what can be settled now.</summary>
    /// <param name="age">How long a segment must have held something.</param>
    /// <param name="cancellation">Gives up; nothing is lost by it.</param>
    public async Task Settle(TimeSpan age, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            raw.Seal(age);
            raw.Prepare();
            await Settle(raw, objects, store, projection.Position, log, cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Moves the sealed segments of which the hot store has all.</summary>
    public static async Task Settle(RawLog raw, RawObjects objects, IObservations store, DateTimeOffset position, ILogger log, CancellationToken cancellation)
    {
        foreach (var segment in raw.Sealed)
        {
            if (segment.Newest > position)
                return;

            var (batches, damaged) = segment.Read();
            if (damaged > 0)
                log.LogDamaged(segment.File, damaged);
            foreach (var stream in batches.GroupBy(b => (b.Gateway, b.Stream)))
                await objects.Put([.. stream], cancellation);
            (store as LiteObservations)?.Flush();
            raw.Release(segment);
        }
    }

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await Settle(TimeSpan.Zero, cancellationToken);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            log.SettlingWaits(e.Message);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await Settle(Age, stoppingToken);
                }
                catch (IOException e)
                {
                    log.SettlingWaits(e.Message);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Asked to stop; the rest is settled there.
        }
    }
}
