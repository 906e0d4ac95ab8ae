using IotGateway.Edge.Forwarding.Cloud;
using IotGateway.Edge.Identity;
using IotGateway.Storage.Files;
using MQTTnet;
using MQTTnet.Exceptions;

namespace IotGateway.Edge.Fleet;

/// <summary>Gets the gateway its first certificate: connects with the claim that many gateways share, orders one, leaves.</summary>
internal sealed class ClaimProvisioning(
    FleetOptions options, ForwardingOptions forwarding, CertificateOrder order, SettingsFile settings, FleetStatus status,
    ILogger<ClaimProvisioning> log)
{
    private static readonly TimeSpan Refused = TimeSpan.FromMinutes(5);

    /// <summary>One try.</summary>
    /// <exception cref="CloudRefusedException">There is no claim, or the cloud refuses.</exception>
    public async Task<GatewayIdentity> RunAsync(CancellationToken cancellation)
    {
        if (!options.MayClaim)
            throw new CloudRefusedException("there is no certificate and no claim to get one by", Refused);
        status.Note("asking for a certificate by claim");
        try
        {
            var (identity, configuration) = await OrderAsync(cancellation);
            if (options.RemoteConfiguration)
            {
                foreach (var (name, reason) in settings.Provision(configuration))
                    log.SettingRefused(name, reason);
            }

            status.Note($"provisioned by claim as {identity.Thing}");
            log.Provisioned(identity.Thing!, identity.NotAfter);
            return identity;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            status.Note($"no certificate yet: {e.Message}");
            throw;
        }
    }

    private async Task<Ordered> OrderAsync(CancellationToken cancellation)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        using var certificate = PemFile.Pair(options.ClaimCertificateFile, options.ClaimKeyFile);
        using var connection = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        client.DisconnectedAsync += _ => connection.CancelAsync();
        var link = new CloudLink(client, _ => connection.Cancel());
        client.ApplicationMessageReceivedAsync += e =>
        {
            link.Take(e.ApplicationMessage);
            return Task.CompletedTask;
        };

        // An id of its own for each try, which is no gateway's: gateways that share the claim do not end each other's connections.
        await CloudConnection.ConnectAsync(
            client, CloudConnection.Options(forwarding, certificate, $"claim.{Guid.NewGuid():N}", keepSession: false), cancellation);
        try
        {
            if (await CloudConnection.SubscribeAsync(client, order.Topics, cancellation) is { Count: > 0 } refused)
                throw new MqttCommunicationException($"the broker refused the subscription to {string.Join(", ", refused)}");
            return await order.RunAsync(link, connection.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new MqttCommunicationException("the connection ended before the certificate came");
        }
        catch (PublishRefusedException refused)
        {
            throw new CloudRefusedException($"the broker refuses the claim: {refused.Message}", Refused, refused);
        }
        finally
        {
            if (client.IsConnected)
                await client.DisconnectAsync(new MqttClientDisconnectOptions(), CancellationToken.None);
        }
    }
}
