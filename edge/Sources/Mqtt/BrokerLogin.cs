using System.Security.Cryptography.X509Certificates;
using IotGateway.Edge.Mqtt;
using IotGateway.Edge.Sources.Contract;
using IotGateway.Storage.Files;
using MQTTnet;
using MQTTnet.Diagnostics.PacketInspection;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace IotGateway.Edge.Sources.Mqtt;

/// <summary>
/// Login at a network server's broker: MQTT 5, or 3.1.1 where that is refused; then the session there is brought in line with the
/// configuration, and what it shows of losses is told.
/// </summary>
internal sealed class BrokerLogin(
    MqttSourceOptions options, string usualTopic, string gateway, SessionFile sessions, SourceStates states, TimeProvider time, ILogger log)
{
    /// <summary>Time that the broker may take for an answer, and to take an acknowledgement.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Time for an answer that comes behind what the session holds: at most <see cref="MqttSource.InFlight"/> messages at a time, on the
    /// slowest of lines.
    /// </summary>
    private static readonly TimeSpan BacklogPatience = TimeSpan.FromMinutes(5);

    /// <summary>A larger packet ends the connection; smaller ones that are still too large are refused with a reason.</summary>
    private const uint MaxPacketBytes = 8 * 1024 * 1024;

    /// <summary>The return code of MQTT 3.1.1 for a version that a broker does not speak.</summary>
    private const MqttClientConnectResultCode RefusedVersion = (MqttClientConnectResultCode)1;

    /// <summary>A session that ends sooner than this after the connection may not outlast an outage.</summary>
    private static readonly TimeSpan ShortSession = TimeSpan.FromDays(1);

    private readonly string _topic = options.Topic.Length > 0 ? options.Topic : usualTopic;
    private MqttProtocolVersion _version = MqttProtocolVersion.V500;

    /// <summary>The broker has let this process in by MQTT 5: only its own word says that it does not speak it.</summary>
    private bool _speaks5;

    /// <summary>The broker has said that it does not speak MQTT 5.</summary>
    private bool _refuses5;

    /// <summary>The name of the session.</summary>
    public string ClientId { get; } = options.ClientId.Length > 0 ? options.ClientId : $"{gateway}-{options.Name}";

    /// <summary>Did the last try go well?</summary>
    public bool Succeeded { get; private set; }

    private string Broker => $"{options.Host}:{options.Port}";

    /// <summary>Is a message's topic one that the configuration listens on?</summary>
    public bool IsConfigured(string topic) =>
        MqttTopicFilterComparer.Compare(topic, FilterOf(_topic)) != MqttTopicFilterCompareResult.NoMatch;

    /// <exception cref="MqttCommunicationException">The broker answers no, or the connection ended.</exception>
    /// <exception cref="TimeoutException">It does not answer.</exception>
    public async Task ConnectAsync(IMqttClient client, CancellationToken cancellation)
    {
        Succeeded = false;
        try
        {
            var connected = await GreetAsync(client, cancellation);
            await SubscribeAsync(client, connected.IsSessionPresent, cancellation);
            TellOf(connected);
            Succeeded = true;
            log.SourceConnected(
                options.Name, options.Host, options.Port, connected.IsSessionPresent, _version == MqttProtocolVersion.V500 ? "5" : "3.1.1");

            // A line that broke at the wrong moment looks like a broker that ends the connection at 5.
            if (!_refuses5)
                _version = MqttProtocolVersion.V500;
        }
        catch (Exception e) when (TakenOverException.Is(e))
        {
            throw new TakenOverException(ClientId, e);
        }
    }

    private async Task<MqttClientConnectResult> GreetAsync(IMqttClient client, CancellationToken cancellation)
    {
        var asked = false;
        client.InspectPacketAsync += e =>
        {
            asked |= e.Direction == MqttPacketFlowDirection.Outbound;
            return Task.CompletedTask;
        };
        MqttClientConnectResult answer;
        try
        {
            answer = await MqttCall.WithinAsync(
                client, "CONNECT", Patience, time, token => client.ConnectAsync(Connection(), token), cancellation);
        }
        catch (Exception e) when (asked && e is MqttCommunicationException or MqttProtocolViolationException or TimeoutException)
        {
            // Some brokers end the connection, or are silent, where the standard has them name the version.
            if (!_speaks5)
                Alternate();
            throw;
        }

        if (answer.ResultCode is MqttClientConnectResultCode.UnsupportedProtocolVersion or RefusedVersion)
        {
            var refused = _version;
            (_speaks5, _refuses5) = (false, refused == MqttProtocolVersion.V500);
            Alternate();
            throw new MqttCommunicationException(
                refused == MqttProtocolVersion.V500
                    ? "the broker does not speak MQTT 5; 3.1.1 is tried next"
                    : "the broker speaks neither MQTT 5 nor 3.1.1; 5 is tried next");
        }

        if (answer.ResultCode != MqttClientConnectResultCode.Success)
            throw new MqttCommunicationException($"the broker answered {answer.ResultCode} {answer.ReasonString}".TrimEnd());
        _speaks5 |= _version == MqttProtocolVersion.V500;
        return answer;
    }

    private void Alternate() =>
        _version = _version == MqttProtocolVersion.V500 ? MqttProtocolVersion.V311 : MqttProtocolVersion.V500;

    /// <summary>Subscribes, and then, so that nothing falls between, takes out of the session what is not configured any more.</summary>
    private async Task SubscribeAsync(IMqttClient client, bool present, CancellationToken cancellation)
    {
        var before = sessions.Read(Broker, ClientId);
        if (before is not null && !present)
            states.Warn(options.Name, "session_lost", "the broker had lost the session that it kept for this gateway, and with it what "
                + "came while the gateway was away; let it keep sessions over its restarts (mosquitto: persistence true)");

        // Of a session that nobody remembers the likeliest filter is the one that is used where none is configured.
        string[] stale = present ? [.. (before?.Filters ?? [usualTopic]).Where(f => f != _topic)] : [];
        Keep([_topic, .. stale]);

        var filter = new MqttClientSubscribeOptionsBuilder().WithTopicFilter(_topic, MqttQualityOfServiceLevel.AtLeastOnce).Build();
        var answer = await MqttCall.WithinAsync(
            client, "SUBSCRIBE", present ? BacklogPatience : Patience, time, token => client.SubscribeAsync(filter, token), cancellation);
        if (answer.Items.FirstOrDefault() is not { } granted)
            throw new MqttCommunicationException($"the broker granted nothing of the subscription to {_topic}");
        if (granted.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2)
            throw new MqttCommunicationException($"the broker refused the subscription to {_topic}: {granted.ResultCode}");
        if (granted.ResultCode == MqttClientSubscribeResultCode.GrantedQoS0)
            states.Warn(options.Name, "granted_qos_0", "the broker grants QoS 0 alone: what is sent while the gateway is away is lost");

        if (stale.Length > 0 && await UnsubscribeAsync(client, stale, cancellation))
            Keep([_topic]);
    }

    /// <summary>Takes filters out of the session; one that stays there is told and costs no event that is configured.</summary>
    private async Task<bool> UnsubscribeAsync(IMqttClient client, string[] stale, CancellationToken cancellation)
    {
        var unsubscribe = new MqttClientUnsubscribeOptionsBuilder();
        foreach (var gone in stale)
            unsubscribe.WithTopicFilter(gone);
        string fault;
        try
        {
            var answer = await MqttCall.WithinAsync(
                client, "UNSUBSCRIBE", BacklogPatience, time, token => client.UnsubscribeAsync(unsubscribe.Build(), token), cancellation);
            if (answer.Items.FirstOrDefault(i => i.ResultCode > MqttClientUnsubscribeResultCode.NoSubscriptionExisted) is not { } refused)
                return true;
            fault = $"the broker answered {refused.ResultCode}";
        }
        catch (TimeoutException silent)
        {
            fault = silent.Message;
        }

        states.Warn(options.Name, "not_unsubscribed", $"the broker's session keeps {string.Join(", ", stale)}, which the configuration has "
            + $"not ({fault}); it is tried again on the next connection");
        return false;
    }

    private void TellOf(MqttClientConnectResult connected)
    {
        // Zero stands for an answer that names none: the broker keeps the session for as long as was asked.
        if (connected.SessionExpiryInterval is > 0 and var seconds && TimeSpan.FromSeconds(seconds) < ShortSession)
            states.Warn(options.Name, "short_session", $"the broker keeps the session for {seconds} s after a connection only; what comes "
                + "in a longer outage is lost");
    }

    private void Keep(IReadOnlyList<string> filters)
    {
        try
        {
            sessions.Write(new BrokerSession(Broker, ClientId, filters));
        }
        catch (Exception e) when (e.IsFromDisk())
        {
            log.SessionNotKept(options.Name, e.Message);
        }
    }

    /// <summary>The filter itself of a subscription of a special kind (<c>$share/GROUP/FILTER</c>), and any other as it is.</summary>
    private static string FilterOf(string subscription) => subscription.Split('/', 3) switch
    {
        ["$share", _, var filter] => filter,
        ["$queue" or "$exclusive", .. var levels] => string.Join('/', levels),
        _ => subscription,
    };

    private MqttClientOptions Connection()
    {
        var connection = new MqttClientOptionsBuilder()
            .WithProtocolVersion(_version)
            .WithTcpServer(options.Host, options.Port)
            .WithClientId(ClientId)
            .WithCleanStart(false)
            .WithKeepAlivePeriod(TimeSpan.FromSeconds(30))
            .WithTimeout(Patience);
        if (_version == MqttProtocolVersion.V500)
            connection
                .WithSessionExpiryInterval(uint.MaxValue)
                .WithMaximumPacketSize(MaxPacketBytes)
                .WithReceiveMaximum(MqttSource.InFlight);
        if (options.Username is { Length: > 0 } user)
            connection.WithCredentials(user, options.PasswordFile is { } file ? File.ReadLines(file).FirstOrDefault("") : "");
        if (options.Tls)
        {
            connection.WithTlsOptions(tls =>
            {
                tls.UseTls();
                if (options.CaFile is { } ca)
                    tls.WithTrustChain(PemFile.Certificates(ca)).WithRevocationMode(X509RevocationMode.NoCheck);
            });
        }

        return connection.Build();
    }
}
