using IotGateway.Cloud.Operations.Pages;
using IotGateway.Cloud.Web;
using IotGateway.Cloud.Web.Layout;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IotGateway.Cloud.Operations;

/// <summary>Registration of what the person who runs it looks at: gateways, counts, health.</summary>
internal static class OperationsRoom
{
    public static void AddOperations(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<GatewayList>();
        builder.Services.AddHostedService<MemoryAtRest>();
        builder.Services.AddSingleton(new NavigationEntry("gateways", "Gateways", "/gateways", Order: 90));
    }

    public static void MapOperations(this IEndpointRouteBuilder routes)
    {
        routes.WithAnswerHeaders().MapStatus();
        routes.WithAnswerHeaders().MapContests();
        routes.AsPages().MapGet(
            "/gateways", (string? after) => new RazorComponentResult<GatewaysPage>(new { After = after }));
    }

    /// <summary>Health of the process, whatever its role.</summary>
    public static void MapProcess(this IEndpointRouteBuilder routes) => routes.WithAnswerHeaders().MapWork();
}
