using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using IotGateway.Telemetry.Fleet;
using MQTTnet;
using MQTTnet.Protocol;

namespace IotGateway.Edge.Tests.Fleet;

/// <summary>A client of mosquitto that answers AWS's topics, and keeps all that passes through the broker.</summary>
internal sealed class Responder(TestAuthority authority) : IAsyncDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();

    /// <summary>All messages, in order.</summary>
    public ConcurrentQueue<(string Topic, string Text)> Seen { get; } = [];

    /// <summary>Signer of a request; by the broker's own authority at first.</summary>
    public Func<string, string> Sign { get; set; } = csr => authority.Sign(csr);

    /// <summary>Provisioning's answer, a thing's name; null refuses.</summary>
    public string? Thing { get; set; } = "hill";

    /// <summary>The shadow's state; null when there is none.</summary>
    public JsonObject? Shadow { get; set; }

    public int Count(string topic) => Seen.Count(s => s.Topic == topic);

    public async Task StartAsync(int port)
    {
        _client.ApplicationMessageReceivedAsync += e => TakeAsync(e.ApplicationMessage.Topic, e.ApplicationMessage.Payload.ToArray());
        var own = authority.Issue("responder");
        await _client.ConnectAsync(
            new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithClientId("responder").WithTlsOptions(tls => tls
                .UseTls()
                    .WithTrustChain(new X509Certificate2Collection(authority.Certificate))
                    .WithRevocationMode(X509RevocationMode.NoCheck)
                .WithClientCertificates([X509Certificate2.CreateFromPem(own, own)])).Build());
        await _client.SubscribeAsync("#", MqttQualityOfServiceLevel.AtLeastOnce);
        await _client.SubscribeAsync("$aws/#", MqttQualityOfServiceLevel.AtLeastOnce);
    }

    /// <summary>Desires something and tells the gateway.</summary>
    public async Task DesireAsync(string desired)
    {
        Shadow ??= [];
        Shadow["desired"] = JsonNode.Parse(desired);
        await SendAsync(FleetTopics.ShadowDelta("hill"), new JsonObject { ["version"] = 1, ["state"] = JsonNode.Parse(desired) });
    }

    /// <summary>Says something that the service would not.</summary>
    public async Task SayAsync(string topic, string text) =>
        await _client.PublishStringAsync(topic, text, MqttQualityOfServiceLevel.AtLeastOnce);

    public async ValueTask DisposeAsync()
    {
        if (_client.IsConnected)
            await _client.DisconnectAsync();
        _client.Dispose();
    }

    /// <summary>Configuration that the template gives a thing along with its name.</summary>
    public JsonObject DeviceConfiguration { get; set; } = [];

    private async Task TakeAsync(string topic, byte[] payload)
    {
        Seen.Enqueue((topic, Encoding.UTF8.GetString(payload)));
        var provision = FleetTopics.Provision("iotgateway");
        if (topic == FleetTopics.CreateFromCsr)
        {
            var csr = (string)JsonNode.Parse(payload)!["certificateSigningRequest"]!;
            await SendAsync(
                FleetTopics.Accepted(topic),
                new JsonObject { ["certificateId"] = "1", ["certificatePem"] = Sign(csr), ["certificateOwnershipToken"] = "token" });
        }
        else if (topic == provision && Thing is null)
        {
            await SendAsync(
                FleetTopics.Rejected(topic),
                new JsonObject { ["statusCode"] = 403, ["errorCode"] = "AccessDenied", ["errorMessage"] = "not in the list" });
        }
        else if (topic == provision)
        {
            await SendAsync(
                FleetTopics.Accepted(topic),
                new JsonObject { ["thingName"] = Thing, ["deviceConfiguration"] = DeviceConfiguration.DeepClone() });
        }
        else if (topic == FleetTopics.ShadowGet("hill"))
        {
            if (Shadow is null)
                await SendAsync(
                    FleetTopics.Rejected(topic), new JsonObject { ["code"] = 404, ["message"] = "No shadow exists with name: 'config'" });
            else
                await SendAsync(FleetTopics.Accepted(topic), new JsonObject { ["state"] = Shadow.DeepClone(), ["version"] = 1 });
        }
        else if (topic == FleetTopics.ShadowUpdate("hill"))
        {
            // As AWS does: a delta follows whatever update leaves a difference, one that only reports too.
            Shadow ??= [];
            var reported = (JsonObject)(Shadow["reported"] ??= new JsonObject());
            foreach (var (name, value) in (JsonObject)JsonNode.Parse(payload)!["state"]!["reported"]!)
                reported[name] = value?.DeepClone();
            await SendAsync(FleetTopics.ShadowDelta("hill"), new JsonObject { ["version"] = 2, ["state"] = new JsonObject() });
        }
    }

    private async Task SendAsync(string topic, JsonObject message) =>
        await _client.PublishStringAsync(topic, message.ToJsonString(), MqttQualityOfServiceLevel.AtLeastOnce);
}
