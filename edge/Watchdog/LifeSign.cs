using System.Globalization;
using IotGateway.Edge.Buffer;
using IotGateway.Hosting;
using Microsoft.Extensions.Hosting.Systemd;

namespace IotGateway.Edge.Watchdog;

/// <summary>
/// Tells systemd that the gateway is ready, stops, and lives. It lives while each watched loop makes progress: one that hangs is no
/// longer vouched for, and systemd starts the gateway anew. Where nobody asks (no NOTIFY_SOCKET) it only watches the buffer's writer.
/// </summary>
internal sealed class LifeSign(
    IReadOnlyDictionary<string, Heartbeat> pulses, BatchBuffer buffer, ISystemdNotifier systemd, IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<LifeSign> log) : BackgroundService
{
    /// <summary>Interval at which systemd wants to hear from us (<c>WATCHDOG_USEC</c>); null when it does not.</summary>
    public TimeSpan? Period { get; init; } =
        long.TryParse(
            Environment.GetEnvironmentVariable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds)
            && microseconds > 0
            ? TimeSpan.FromMicroseconds(microseconds)
            : null;

    /// <summary>The loops that have been silent at their work for longer than half the period.</summary>
    public IReadOnlyList<string> Hung =>
        Period is { } period ? [.. pulses.Where(p => p.Value.Silence > period / 2).Select(p => p.Key)] : [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ready = lifetime.ApplicationStarted.Register(() => systemd.Notify(ServiceState.Ready));
        using var stopping = lifetime.ApplicationStopping.Register(() => systemd.Notify(ServiceState.Stopping));
        var vouching = VouchAsync(stoppingToken);
        await Task.WhenAny(buffer.Completion, vouching);
        if (buffer.Completion.IsFaulted)
        {
            // A worker's fault ends the host, and the exit code says so.
            log.WriterFailed(buffer.Completion.Exception.GetBaseException());
            await buffer.Completion;
        }

        await vouching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task VouchAsync(CancellationToken stopping)
    {
        if (Period is not { } period || !systemd.IsEnabled)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, stopping);
            return;
        }

        using var timer = new PeriodicTimer(period / 4, time);
        do
        {
            if (Hung is { Count: > 0 } hung)
                log.Hung(string.Join(", ", hung));
            else
                systemd.Notify(new ServiceState("WATCHDOG=1"));
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }
}
