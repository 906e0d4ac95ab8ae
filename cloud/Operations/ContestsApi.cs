using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Web;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Operations;

/// <summary>
/// API of the values that a gateway sent and that contradict those of another gateway: <c>GET /api/gateways/{name}/contests</c>, the
/// newest last, at most a hundred.
/// </summary>
internal static class ContestsApi
{
    public static void MapContests(this IEndpointRouteBuilder routes) => routes.MapGet("/api/gateways/{name}/contests", GetAsync);

    private static async Task<IResult> GetAsync(string name, IObservations store, CancellationToken cancellation) =>
        GatewayId.IsValid(name)
            ? Results.Json(await store.ContestsAsync(name, cancellation), OperationsJson.Default.IReadOnlyListContest)
            : Problem.BadParameter("name", name, "a gateway's name");
}
