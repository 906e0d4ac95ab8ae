using System.Buffers;
using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using IotGateway.Edge.Decode;
using IotGateway.Edge.Mqtt;
using IotGateway.Edge.Sources.Contract;
using IotGateway.Hosting;
using IotGateway.Storage.Files;
using MQTTnet;
using MQTTnet.Diagnostics.PacketInspection;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace IotGateway.Edge.Sources.Mqtt;

/// <summary>
/// Source that listens to a network server's broker with a persistent session and QoS 1, and acknowledges a message only when it is
/// durable here: what was not acknowledged, the broker sends again.
/// </summary>
/// <remarks>
/// Each connection has its own client, so that an acknowledgement that comes late can never meet a packet of the next connection.
/// The channel is bounded and waits when full; the broker then holds the rest.
/// </remarks>
internal sealed class MqttSource(
    MqttSourceOptions options, Dialect dialect, string gateway, ChannelWriter<Observed> observed, SourceStates states, TimeProvider time,
    ILogger<MqttSource> log) : BackgroundService
{
    /// <summary>A larger packet ends the connection; smaller ones that are still too large are refused with a reason.</summary>
    private const uint MaxPacketBytes = 8 * 1024 * 1024;

    /// <summary>
    /// Messages taken from the broker and not yet acknowledged. Brokers exceed a receive maximum, so beyond this nothing more is read from
    /// the connection.
    /// </summary>
    private const int InFlight = 1000;

    /// <summary>A larger packet counts as several messages, so that what is in flight is bounded in bytes too.</summary>
    private const int CountedBytes = 32 * 1024;

    private readonly MqttClientFactory _factory = new();

    /// <summary>The topics to listen on: the configuration's, else the dialect's.</summary>
    private string Topic => options.Topic.Length > 0 ? options.Topic : dialect.Topic;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var backoff = new Backoff(Random.Shared.NextDouble);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(backoff, stoppingToken);
            }
            catch (Exception e)
                when (e.IsFromDisk()
                || e is MqttCommunicationException or MqttProtocolViolationException or MqttClientDisconnectedException
                    or MqttClientNotConnectedException
                or AuthenticationException or CryptographicException or SocketException
                or TimeoutException or ObjectDisposedException
                || (e is OperationCanceledException && !stoppingToken.IsCancellationRequested))
            {
                if (stoppingToken.IsCancellationRequested)
                    return;
                var wait = backoff.Next();
                states.Set(options.Name, SourceCondition.Disconnected, e.Message);
                log.SourceLost(options.Name, options.Host, options.Port, e.Message, wait.TotalSeconds);
                await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(Backoff backoff, CancellationToken stopping)
    {
        using var client = _factory.CreateMqttClient();
        var lost = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        client.DisconnectedAsync += e =>
        {
            lost.TrySetResult(e.Exception?.Message ?? e.Reason.ToString());
            return Task.CompletedTask;
        };
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var inFlight = new SemaphoreSlim(InFlight);
        var taken = new ConcurrentQueue<int>();
        client.InspectPacketAsync += async e =>
        {
            if (e.Direction != MqttPacketFlowDirection.Inbound || !IsPublish(e.Buffer))
                return;

            // One that a broker sends in spite of the largest size we name takes all places, and never more than there are.
            var places = Math.Min(1 + (e.Buffer.Length / CountedBytes), InFlight);
            for (var i = 0; i < places; i++)
                await inFlight.WaitAsync(ended.Token);

            // Handed over in their order.
            taken.Enqueue(places);
        };
        client.ApplicationMessageReceivedAsync += e => ReceiveAsync(
            e, client, inFlight, taken.TryDequeue(out var places) ? places : 1, stopping);

        states.Set(options.Name, SourceCondition.Connecting);
        var connected = await client.ConnectAsync(Connection(), stopping);
        if (connected.ResultCode != MqttClientConnectResultCode.Success)
            throw new MqttCommunicationException($"the broker answered {connected.ResultCode} {connected.ReasonString}");

        var subscription = _factory.CreateSubscribeOptionsBuilder().WithTopicFilter(Topic, MqttQualityOfServiceLevel.AtLeastOnce).Build();
        var granted = (await MqttCall.OnAsync(client, () => client.SubscribeAsync(subscription, stopping))).Items.First();
        if (granted.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2)
            throw new MqttCommunicationException($"the broker refused the subscription to {Topic}: {granted.ResultCode}");

        backoff.Reset();
        states.Set(options.Name, SourceCondition.Connected);
        log.SourceConnected(options.Name, options.Host, options.Port, connected.IsSessionPresent);
        try
        {
            throw new MqttCommunicationException(await lost.Task.WaitAsync(stopping));
        }
        finally
        {
            await ended.CancelAsync();
        }
    }

    private async Task ReceiveAsync(
        MqttApplicationMessageReceivedEventArgs e, IMqttClient client, SemaphoreSlim inFlight, int places, CancellationToken stopping)
    {
        e.AutoAcknowledge = false;
        states.CountReceived(options.Name);
        var (at, timestamp) = (time.GetUtcNow(), time.GetTimestamp());
        var raw = new RawMessage(e.ApplicationMessage.Topic, e.ApplicationMessage.Payload.ToArray());
        var message = new Observed(options.Name, dialect.ContentOf(raw.Topic, raw.Payload), raw, at, timestamp, AcknowledgeAsync);
        try
        {
            await observed.WriteAsync(message, stopping);
        }
        catch (OperationCanceledException)
        {
            // Stopping: the message stays unacknowledged and the broker keeps it.
        }

        async Task AcknowledgeAsync(CancellationToken cancellation)
        {
            try
            {
                await e.AcknowledgeAsync(cancellation);
            }
            catch (Exception late)
                when (late is MqttCommunicationException or SocketException or IOException or ObjectDisposedException
                    or OperationCanceledException or InvalidOperationException || !client.IsConnected)
            {
                // The connection it came on is gone: the broker sends it again and the duplicate is recognised. MQTTnet says so by any
                // exception, NullReferenceException among them.
                log.AcknowledgementLost(options.Name, late.Message);
            }
            finally
            {
                inFlight.Release(places);
            }
        }
    }

    /// <summary>True when a packet is a PUBLISH, by the type in its first four bits (MQTT 5, 2.1.2).</summary>
    private static bool IsPublish(byte[] packet) => packet.Length > 0 && packet[0] >> 4 == 3;

    private MqttClientOptions Connection()
    {
        var connection = new MqttClientOptionsBuilder()
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithTcpServer(options.Host, options.Port)
            .WithClientId(options.ClientId.Length > 0 ? options.ClientId : $"{gateway}-{options.Name}")
            .WithCleanStart(false)
            .WithSessionExpiryInterval(uint.MaxValue)
            .WithMaximumPacketSize(MaxPacketBytes)
            .WithReceiveMaximum(InFlight)
            .WithKeepAlivePeriod(TimeSpan.FromSeconds(30))
            .WithTimeout(TimeSpan.FromSeconds(15));
        if (options.Username is { Length: > 0 } user)
            connection.WithCredentials(user, options.PasswordFile is { } file ? File.ReadLines(file).FirstOrDefault("") : "");
        if (options.Tls)
        {
            connection.WithTlsOptions(tls =>
            {
                tls.UseTls();
                if (options.CaFile is { } ca)
                {
                    var authorities = new X509Certificate2Collection();
                    authorities.ImportFromPemFile(ca);
                    tls.WithTrustChain(authorities).WithRevocationMode(X509RevocationMode.NoCheck);
                }
            });
        }

        return connection.Build();
    }
}
