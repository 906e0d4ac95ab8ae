using IotGateway.Cloud.Enrolment;
using IotGateway.Cloud.Ingest.Status;

namespace IotGateway.Cloud.Operations;

/// <summary>Gateways for API and page, so many at a time by name. One that is revoked is not connected, whatever its session is.</summary>
internal sealed class GatewayList(GatewayRegistry gateways, EnrolledGateways enrolled)
{
    /// <param name="after">The name after which they begin; null for the first.</param>
    /// <param name="most">How many.</param>
    /// <returns>They, and the name after which the rest begins; null where there is no rest.</returns>
    public (IReadOnlyList<GatewayView> Gateways, string? Next) Page(string? after, int most)
    {
        GatewayView[] found = [.. gateways.All().Where(g => string.CompareOrdinal(g.Name, after) > 0).Take(most + 1)];
        return ([.. found.Take(most).Select(View)], found.Length > most ? found[most - 1].Name : null);
    }

    private GatewayView View(GatewayView gateway) =>
        enrolled.IsWithdrawn(gateway.Name) ? gateway with { Revoked = true, Connected = false } : gateway;
}
