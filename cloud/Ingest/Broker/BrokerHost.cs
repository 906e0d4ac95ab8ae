using System.Net.Sockets;
using IotGateway.Cloud.Enrolment;
using IotGateway.Cloud.Ingest.Status;
using IotGateway.Hosting.Configuration;

namespace IotGateway.Cloud.Ingest.Broker;

/// <summary>Opens the broker once the hot store has caught up, and closes it first of all.</summary>
internal sealed class BrokerHost(
    GatewayBroker broker, TlsListener listener, CertificateAuthority authority, EnrolledGateways enrolled, Health health,
    ILogger<BrokerHost> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (authority.IsToCome)
            log.AuthorityIsToCome(authority.Certificate.NotBefore.ToUniversalTime());
        foreach (var fault in enrolled.Damaged())
            log.RegisteredCertificateDamaged(fault);
        try
        {
            await broker.StartAsync();
        }
        catch (SocketException e)
        {
            throw new ConfigurationException(
                $"Ingest:Listen and Ingest:Port are '{listener.Endpoint.Address}' and '{listener.Endpoint.Port}'; expected an address of "
                    + $"this machine and a port that is free ({e.Message}).", e);
        }

        health.Listening(true);
        log.Listening(listener.Endpoint.Address.ToString(), listener.Port, enrolled.Gateways().Count);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        health.Listening(false);
        await broker.StopAsync();
    }
}
