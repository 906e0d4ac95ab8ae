using System.Net.Sockets;
using IotGateway.Cloud.Enrolment;
using IotGateway.Cloud.Ingest.Status;
using IotGateway.Hosting.Configuration;

namespace IotGateway.Cloud.Ingest.Broker;

/// <summary>Opens the broker once the hot store has caught up, and closes it first of all.</summary>
internal sealed class BrokerHost(
    GatewayBroker broker, TlsListener listener, CertificateAuthority authority, EnrolledGateways enrolled, Health health,
    TimeProvider time, ILogger<BrokerHost> log) : IHostedService, IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(300);

    private readonly CancellationTokenSource _stop = new();
    private Task _watching = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (authority.IsToCome)
            log.AuthorityIsToCome(authority.Certificate.NotBefore.ToUniversalTime());
        foreach (var fault in enrolled.Damaged())
            log.RegisteredCertificateDamaged(fault);
        foreach (var fault in enrolled.DamagedPending())
            log.RenewedCertificateDamaged(fault);
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
        _watching = WatchAsync();
        log.Listening(listener.Endpoint.Address.ToString(), listener.Port, enrolled.Gateways().Count);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        health.Listening(false);
        await _stop.CancelAsync();
        await _watching;
        await broker.StopAsync();
    }

    public void Dispose() => _stop.Dispose();

    /// <summary>Looks for what was revoked: mostly by a command, which is another process.</summary>
    private async Task WatchAsync()
    {
        using var pause = new PeriodicTimer(Look, time);
        try
        {
            while (await pause.WaitForNextTickAsync(_stop.Token))
                await LookAsync();
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    private async Task LookAsync()
    {
        try
        {
            await broker.EndWithdrawnAsync();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A connection that ends at the same moment; the next look finds what is left.
            log.HandlingFailed(e, "of a certificate that was withdrawn");
        }
    }
}
