using IotGateway.Cloud.Ingest.Status;
using IotGateway.Cloud.Observations;
using IotGateway.Storage.Files;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Cloud.Ingest.Answers;

/// <summary>
/// Collects what there is to tell each gateway and tells it once a second: how far its stream is stored by all workers together, what was
/// stored here, what was refused. An answer that is lost is made good when the gateway sends again.
/// </summary>
internal sealed class Answerer(IAnswers answers, IObservations store, GatewayRegistry gateways, TimeProvider time, ILogger<Answerer> log)
    : BackgroundService
{
    /// <summary>At most one answer a stream in this time.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>More streams than this are not kept waiting while the broker does not answer: the gateways send again.</summary>
    private const int MostWaiting = 20_000;
    private const int MostRefusals = 100;
    private const int AtOnce = 16;

    private readonly Lock _gate = new();
    private Dictionary<(string Gateway, string Stream), Waiting> _waiting = [];

    /// <summary>Notes that sequences of a stream are durable in lake and hot store.</summary>
    public void Stored(string gateway, string stream, SequenceRange range) =>
        Add(gateway, stream, w => w.Stored.Add(range.First, range.Last));

    /// <summary>Notes that sequences of a stream will never be taken.</summary>
    public void Refused(string gateway, string stream, Refusal refusal) => Add(gateway, stream, w =>
    {
        if (w.Refused.Count < MostRefusals && !w.Refused.Contains(refusal))
            w.Refused.Add(refusal);
    });

    /// <summary>Tells what waits.</summary>
    public async Task FlushAsync(CancellationToken cancellation)
    {
        Dictionary<(string Gateway, string Stream), Waiting> now;
        lock (_gate)
            (now, _waiting) = (_waiting, []);
        await Parallel.ForEachAsync(
            now, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (stream, stop) =>
            {
                try
                {
                    await TellAsync(stream.Key.Gateway, stream.Key.Stream, stream.Value, stop);
                }
                catch (Exception e) when (e.IsFromDisk())
                {
                    log.AnswerWaits(stream.Key.Gateway, e.Message);
                    Add(stream.Key.Gateway, stream.Key.Stream, w => w.Take(stream.Value));
                }
            });
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await FlushAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // No time left; the gateways send again and are answered by another worker.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await FlushAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Asked to stop; the rest is published there.
        }
    }

    private async Task TellAsync(string gateway, string stream, Waiting waiting, CancellationToken cancellation)
    {
        var applied = await store.AppliedAsync(gateway, stream, cancellation);
        gateways.Stored(gateway, stream, applied, waiting.Stored.Ranges.Count == 0 ? [] : await store.GapsAsync(gateway, cancellation));
        await answers.PublishAsync(
            gateway, new StoredAnswer(stream, applied.Contiguous, waiting.Stored.Ranges, waiting.Refused), cancellation);
    }

    private void Add(string gateway, string stream, Action<Waiting> add)
    {
        lock (_gate)
        {
            if (!_waiting.TryGetValue((gateway, stream), out var waiting))
            {
                if (_waiting.Count >= MostWaiting)
                    return;
                _waiting[(gateway, stream)] = waiting = new Waiting();
            }

            add(waiting);
        }
    }

    private sealed class Waiting
    {
        public SequenceSet Stored { get; } = new();

        public List<Refusal> Refused { get; } = [];

        public void Take(Waiting other)
        {
            Stored.AddAll(other.Stored);
            Refused.AddRange(other.Refused.Except(Refused).Take(MostRefusals - Refused.Count));
        }
    }
}
