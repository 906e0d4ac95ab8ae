using IotGateway.Cloud.Data;
using IotGateway.Cloud.Ingest.Broker;
using IotGateway.Cloud.Web;

namespace IotGateway.Cloud.Fleet;

/// <summary>The room's entry: certificates and configuration of gateways, on AWS IoT Core's own topics.</summary>
internal static class FleetRoom
{
    public static void AddFleet(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(FleetOptions.Read(builder.Configuration));
        builder.Services.AddSingleton(p => new Shadows(
            p.GetRequiredService<DataFolder>().Shadows, p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<Shadows>>()));
        builder.Services.AddSingleton<IRequestTopics, Provisioning>();
        builder.Services.AddSingleton<IRequestTopics, ShadowTopics>();
    }

    public static void MapFleet(this IEndpointRouteBuilder routes) => routes.WithAnswerHeaders().MapConfig();
}
