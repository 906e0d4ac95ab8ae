namespace IotGateway.Edge.Clock;

/// <summary>Looks at the clock every few seconds.</summary>
internal sealed class ClockWatch(GatewayClock clock, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                clock.Look();
        }
        catch (OperationCanceledException)
        {
            // The end of the watch.
        }
    }
}
