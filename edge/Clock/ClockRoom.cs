using IotGateway.Edge.Problems;
using IotGateway.Edge.Settings;

namespace IotGateway.Edge.Clock;

/// <summary>The room's entry: the gateway's clock and the watch over it.</summary>
internal static class ClockRoom
{
    public static void AddClock(this IHostApplicationBuilder builder)
    {
        var options = ClockOptions.Read(builder.Configuration);
        builder.Services.AddSingleton(services => new GatewayClock(
            options, new BootRegistry(services.DataFolder("clock")), services.GetRequiredService<LiveTuning>(),
            services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<GatewayClock>>()));
        builder.Services.AddSingleton<IProblems, ClockProblems>();
        builder.Services.AddHostedService<ClockWatch>();
    }
}
