using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using IotGateway.Edge.Buffer;
using IotGateway.Edge.Forwarding.Cloud;
using IotGateway.Edge.Forwarding.Lanes;
using IotGateway.Edge.Mqtt;
using IotGateway.Hosting;
using IotGateway.Storage.Files;
using MQTTnet.Exceptions;

namespace IotGateway.Edge.Forwarding;

/// <summary>
/// Worker that sends the buffer to the cloud, one connection after the other. What is unanswered when a connection ends is sent again on
/// the next.
/// </summary>
internal sealed class CloudForwarder(
    ForwardingOptions options, CloudSession session, BatchBuffer buffer, ForwardingStatus status, TimeProvider time,
    ILogger<CloudForwarder> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var backoff = new Backoff(Random.Shared.NextDouble);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await session.RunAsync(backoff, stoppingToken);
            }
            catch (Exception e) when (IsEndOfConnection(e) || (e is OperationCanceledException && !stoppingToken.IsCancellationRequested))
            {
                if (stoppingToken.IsCancellationRequested)
                    return;
                var takenOver = e is TakenOverException || TakenOverException.Is(e);
                var wait = takenOver ? TakenOverException.Wait(Random.Shared.NextDouble()) : backoff.Next();
                if (e is CloudRefusedException refused && refused.RetryAfter > wait)
                    wait = refused.RetryAfter;
                status.Lost(e.Message);
                if (takenOver)
                    status.TakenOver();
                log.CloudLost(
                    options.Host, options.Port, e.Message, Counted.Of(buffer.Status.Batches, "batch", "batches"), wait.TotalSeconds);
                await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private static bool IsEndOfConnection(Exception e) => e.IsFromDisk()
        || e is MqttCommunicationException or MqttProtocolViolationException
        or MqttClientDisconnectedException or MqttClientNotConnectedException or AuthenticationException or CryptographicException
        or SocketException or TimeoutException or ObjectDisposedException or CloudRefusedException;
}
