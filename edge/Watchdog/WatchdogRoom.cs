using IotGateway.Edge.Buffer;
using IotGateway.Edge.Pipeline;
using IotGateway.Hosting;
using Microsoft.Extensions.Hosting.Systemd;

namespace IotGateway.Edge.Watchdog;

/// <summary>The room's entry: the sign of life for systemd.</summary>
internal static class WatchdogRoom
{
    /// <summary>Comes last, so that it starts when all else has started, and stops first.</summary>
    public static void AddWatchdog(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ISystemdNotifier, SystemdNotifier>();
        builder.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<LifeSign>(
            services, (IReadOnlyDictionary<string, Heartbeat>)new Dictionary<string, Heartbeat>(StringComparer.Ordinal)
            {
                ["intake"] = services.GetRequiredService<Intake>().Heartbeat,
                ["buffer"] = services.GetRequiredService<BatchBuffer>().Heartbeat,
            }));
        builder.Services.AddHostedService(services => services.GetRequiredService<LifeSign>());
    }
}
