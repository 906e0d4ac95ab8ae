using System.Buffers;
using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Threading.Channels;
using IotGateway.Edge.Decode;
using IotGateway.Edge.Mqtt;
using IotGateway.Edge.Sources.Contract;
using IotGateway.Hosting;
using IotGateway.Storage.Files;
using MQTTnet;
using MQTTnet.Diagnostics.PacketInspection;
using MQTTnet.Exceptions;
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
    MqttSourceOptions options, Dialect dialect, string gateway, string sessions, ChannelWriter<Observed> observed, SourceStates states,
    TimeProvider time, ILogger<MqttSource> log) : BackgroundService
{
    /// <summary>
    /// Messages taken from the broker and not yet acknowledged. Brokers exceed a receive maximum, so beyond this nothing more is read from
    /// the connection.
    /// </summary>
    public const int InFlight = 1000;

    /// <summary>A connection that lasted as long was a good one; the next failure is the first again.</summary>
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(30);

    /// <summary>A larger packet counts as several messages, so that what is in flight is bounded in bytes too.</summary>
    private const int CountedBytes = 32 * 1024;

    private readonly MqttClientFactory _factory = new();
    private long _acknowledged;

    private readonly BrokerLogin _login = new(options, dialect.Topic, gateway, new SessionFile(sessions, options.Name), states, time, log);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var backoff = new Backoff(Random.Shared.NextDouble);
        while (!stoppingToken.IsCancellationRequested)
        {
            var (began, acknowledged) = (time.GetTimestamp(), Interlocked.Read(ref _acknowledged));
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception e) when (IsEndOfConnection(e) || (e is OperationCanceledException && !stoppingToken.IsCancellationRequested))
            {
                if (stoppingToken.IsCancellationRequested)
                    return;

                // A line that is bad and yet brings events is not left alone for minutes.
                if ((time.GetElapsedTime(began) > Steady && _login.Succeeded)
                    || (Interlocked.Read(ref _acknowledged) > acknowledged && e is not TakenOverException))
                    backoff.Reset();
                var wait = e is TakenOverException ? TakenOverException.Wait(Random.Shared.NextDouble()) : backoff.Next();
                states.Set(options.Name, SourceCondition.Disconnected, e.Message);
                if (e is TakenOverException)
                    states.Warn(options.Name, "taken_over", $"{e.Message}; give each gateway a name of its own");
                log.SourceLost(options.Name, options.Host, options.Port, e.Message, wait.TotalSeconds);
                await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static bool IsEndOfConnection(Exception e) => e.IsFromDisk()
        || e is MqttCommunicationException or MqttProtocolViolationException or MqttClientDisconnectedException
            or MqttClientNotConnectedException or AuthenticationException or CryptographicException or SocketException or TimeoutException
            or ObjectDisposedException;

    private async Task ListenAsync(CancellationToken stopping)
    {
        using var client = _factory.CreateMqttClient();
        var lost = new TaskCompletionSource<Exception>(TaskCreationOptions.RunContinuationsAsynchronously);
        client.DisconnectedAsync += e =>
        {
            lost.TrySetResult(
                TakenOverException.Is(e)
                    ? new TakenOverException(_login.ClientId)
                    : new MqttCommunicationException(e.Exception?.Message ?? e.ReasonString ?? e.Reason.ToString()));
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
            e, client, inFlight, taken.TryDequeue(out var places) ? places : 1, lost, stopping);

        states.Set(options.Name, SourceCondition.Connecting);
        await _login.ConnectAsync(client, stopping);
        states.Set(options.Name, SourceCondition.Connected);
        try
        {
            throw await lost.Task.WaitAsync(stopping);
        }
        finally
        {
            await ended.CancelAsync();
        }
    }

    private async Task ReceiveAsync(
        MqttApplicationMessageReceivedEventArgs e, IMqttClient client, SemaphoreSlim inFlight, int places,
        TaskCompletionSource<Exception> lost, CancellationToken stopping)
    {
        e.AutoAcknowledge = false;
        states.CountReceived(options.Name);
        if (e.ApplicationMessage.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtMostOnce)
            states.Warn(
                options.Name, "qos_0", "events come at QoS 0: those sent while the gateway is away are lost; set qos=1 at the server");
        if (!_login.IsConfigured(e.ApplicationMessage.Topic))
        {
            states.Warn(options.Name, "not_configured", "the broker's session holds a subscription that the configuration has not; "
                + $"what comes by it is set aside, at last on {Shown(e.ApplicationMessage.Topic)}");
            await AcknowledgeAsync(stopping);
            return;
        }

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
                await MqttCall.WithinAsync(client, "PUBACK", BrokerLogin.Patience, time, SendAsync, cancellation);
                Interlocked.Increment(ref _acknowledged);
            }
            catch (TimeoutException stuck)
            {
                // The broker reads nothing any more: with this connection go all that would wait as long.
                lost.TrySetResult(stuck);
                log.AcknowledgementLost(options.Name, stuck.Message);
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

        async Task<bool> SendAsync(CancellationToken cancellation)
        {
            await e.AcknowledgeAsync(cancellation);
            return true;
        }
    }

    private static string Shown(string topic) => topic.Length > 100 ? string.Concat(topic.AsSpan(0, 100), "…") : topic;

    /// <summary>True when a packet is a PUBLISH, by the type in its first four bits (MQTT 5, 2.1.2).</summary>
    private static bool IsPublish(byte[] packet) => packet.Length > 0 && packet[0] >> 4 == 3;
}
