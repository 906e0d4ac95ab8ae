using IotGateway.Telemetry.Wire;

namespace IotGateway.Edge.Status;

/// <summary>The room's entry: the gateway's state, for its own page and for the cloud.</summary>
internal static class StatusRoom
{
    public static void AddStatus(this IHostApplicationBuilder builder)
    {
        var hosts = StatusEndpoints.Hosts(builder.Configuration);
        builder.Services.AddHostFiltering(filter => filter.AllowedHosts = hosts);
        builder.Services.AddSingleton<GatewayReport>();
        builder.Services.AddSingleton<Func<GatewayStatus>>(services => services.GetRequiredService<GatewayReport>().Now);
        builder.Services.AddSingleton<GatewayRooms>();
        builder.Services.AddSingleton<StatusReport>();
    }
}
