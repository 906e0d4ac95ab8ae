using IotGateway.Edge.Buffer;
using IotGateway.Edge.Clock;
using IotGateway.Edge.Decode;
using IotGateway.Edge.Devices;
using IotGateway.Edge.Fleet;
using IotGateway.Edge.Forwarding;
using IotGateway.Edge.Forwarding.Cloud;
using IotGateway.Edge.Forwarding.Lanes;
using IotGateway.Edge.Identity;
using IotGateway.Edge.Objects;
using IotGateway.Edge.Packs;
using IotGateway.Edge.Pipeline;
using IotGateway.Edge.Settings;
using IotGateway.Edge.Sources;
using IotGateway.Edge.Status;
using IotGateway.Edge.Watchdog;

namespace IotGateway.Edge;

/// <summary>
/// The gateway's rooms put together; the only place that knows them all. Workers start in this order and stop in the reverse.
/// </summary>
internal static class Composition
{
    public static void AddGateway(this IHostApplicationBuilder builder)
    {
        var gateway = builder.AddSettings();
        var forwarding = builder.AddForwardingOptions();
        var fleet = builder.AddFleetOptions();
        builder.AddIdentity(
            gateway, forwarding.CertificateFile, forwarding.KeyFile, fleet.MayClaim, fleet.Parameters.GetValueOrDefault("SerialNumber"));
        builder.AddClock();
        builder.AddBuffer([Outbox.Destination], Thinner.Thin);
        builder.AddDecode();
        builder.AddDevices();
        builder.AddPipeline();
        builder.AddSources();
        builder.AddForwarding();
        builder.AddFleet(fleet);
        builder.AddObjects();
        builder.AddStatus();
        builder.AddWatchdog();
    }

    /// <summary>Opens the buffer and puts settings from afar in force, before the first worker starts.</summary>
    public static void OpenGateway(this WebApplication app)
    {
        app.OpenBuffer();
        app.LoadSettings();
        app.MapStatus();
    }
}
