using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using IotGateway.Cloud.Fleet;
using IotGateway.Telemetry.Fleet;
using MQTTnet;
using static IotGateway.Cloud.Tests.Fleet.FleetClient;

namespace IotGateway.Cloud.Tests.Fleet;

public sealed class ShadowTests
{
    private static readonly string Get = FleetTopics.ShadowGet("hill");
    private static readonly string Update = FleetTopics.ShadowUpdate("hill");

    [Fact]
    public async Task AShadowTellsItsDeltaAndOutlivesTheCloud()
    {
        using var folder = new TempFolder();
        await using (var cloud = await TestCloud.StartAsync(folder.Path))
        {
            await using var gateway = await ListeningAsync(cloud);
            Assert.Equal(404, (int?)(await gateway.AskAsync(Get, [])).Message["code"]);

            var (topic, accepted) = await gateway.AskAsync(Update, Reported("""{"window": 50, "rejected": {"x": "bad"}}""", token: "t1"));
            Assert.Equal(FleetTopics.Accepted(Update), topic);
            Assert.Equal("t1", (string?)accepted["clientToken"]);
            Assert.Equal(1, (int?)accepted["version"]);
            Assert.True((long?)accepted["metadata"]!["reported"]!["window"]!["timestamp"] > 1_600_000_000);

            Assert.Equal(HttpStatusCode.OK, await PutAsync(cloud, """{"window": 20, "backlogShare": 0.3}"""));
            var (delta, state) = await gateway.NextAsync();
            Assert.Equal(FleetTopics.ShadowDelta("hill"), delta);
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"window": 20, "backlogShare": 0.3}"""), state["state"]));

            // A report alone makes no delta, and null takes a value away.
            Assert.Equal(
                FleetTopics.Accepted(Update), (await gateway.AskAsync(Update, Reported("""{"window": 20, "rejected": null}"""))).Topic);
        }

        await using var again = await TestCloud.StartAsync(folder.Path);
        var kept = again.Get<Shadows>().Find("hill")!;
        Assert.Equal(3, kept.Version);
        Assert.Equal("""{"backlogShare":0.3}""", kept.Delta.ToJsonString());
        Assert.Equal("""{"window":20}""", kept.Reported.ToJsonString());
    }

    [Fact]
    public async Task AnotherVersionIsAConflict()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        await using var gateway = await ListeningAsync(cloud);
        await gateway.AskAsync(Update, Reported("""{"window": 50}"""));

        var stale = Reported("""{"window": 51}""");
        stale["version"] = 7;
        var (topic, answer) = await gateway.AskAsync(Update, stale);
        Assert.Equal(FleetTopics.Rejected(Update), topic);
        Assert.Equal(409, (int?)answer["code"]);
        var right = Reported("""{"window": 51}""");
        right["version"] = 1;
        Assert.Equal(2, (int?)(await gateway.AskAsync(Update, right)).Message["version"]);
    }

    [Fact]
    public async Task TooLargeTooDeepAndMalformedAreRejectedAndChangeNothing()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        await using var gateway = await ListeningAsync(cloud);
        await gateway.AskAsync(Update, Reported($$"""{"a": "{{new string('x', 5000)}}"}"""));

        foreach (var (request, code) in new[]
        {
            (Reported($$"""{"b": "{{new string('x', 9000)}}"}""").ToJsonString(), 413),
            (Reported($$"""{"b": "{{new string('x', 4000)}}"}""").ToJsonString(), 413),
            ("""{"state": {"reported": {"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":1}}}}}}}}}}}""", 400),
            ("""{"state": {"reported": 5}}""", 400),
            ("""{"state": {"reported": {"a": 1, "a": 2}}}""", 400),
            ("""{"reported": {}}""", 400),
            ("nonsense", 400),
        })
        {
            await gateway.PublishAsync(Update, request);
            var (topic, answer) = await gateway.NextAsync();
            Assert.Equal(FleetTopics.Rejected(Update), topic);
            Assert.Equal(code, (int?)answer["code"]);
        }

        Assert.Equal(1, cloud.Get<Shadows>().Find("hill")!.Version);
    }

    [Fact]
    public async Task AnotherGatewaysShadowIsOutOfReach()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        cloud.Enrol("valley");
        await using var gateway = await ListeningAsync(cloud);

        Assert.Equal(
            MqttClientPublishReasonCode.NotAuthorized,
            await gateway.PublishAsync(FleetTopics.ShadowUpdate("valley"), Reported("{}").ToJsonString()));
        Assert.All(
            await gateway.SubscribeAsync(FleetTopics.ShadowDelta("valley"), "$aws/things/+/shadow/name/config/update/delta"),
            code => Assert.True(code >= MqttClientSubscribeResultCode.UnspecifiedError));
    }

    [Fact]
    public async Task TheApiRefusesWhatIsNoGatewayNoJsonOrNoObject()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        Assert.Equal(HttpStatusCode.NotFound, await PutAsync(cloud, "{}"));
        cloud.Enrol("hill");

        Assert.Equal(HttpStatusCode.BadRequest, await PutAsync(cloud, "nonsense"));
        Assert.Equal(HttpStatusCode.BadRequest, await PutAsync(cloud, "[]"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PutAsync(cloud, $$"""{"a": "{{new string('x', 9000)}}"}"""));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await PutAsync(cloud, "{}", "text/plain"));
        Assert.Equal(HttpStatusCode.OK, await PutAsync(cloud, """{"window": 20}"""));
    }

    private static async Task<FleetClient> ListeningAsync(TestCloud cloud, string name = "hill")
    {
        var gateway = await ConnectAsync(cloud, cloud.Enrol(name), name);
        var (get, update) = (FleetTopics.ShadowGet(name), FleetTopics.ShadowUpdate(name));
        var codes = await gateway.SubscribeAsync(
            FleetTopics.Accepted(get), FleetTopics.Rejected(get), FleetTopics.Accepted(update), FleetTopics.Rejected(update),
            FleetTopics.ShadowDelta(name));
        Assert.All(codes, code => Assert.Equal(MqttClientSubscribeResultCode.GrantedQoS1, code));
        return gateway;
    }

    private static JsonObject Reported(string state, string? token = null)
    {
        var request = new JsonObject { ["state"] = new JsonObject { ["reported"] = JsonNode.Parse(state) } };
        if (token is not null)
            request["clientToken"] = token;
        return request;
    }

    private static async Task<HttpStatusCode> PutAsync(TestCloud cloud, string body, string type = "application/json")
    {
        using var http = cloud.Http;
        using var content = new StringContent(body, Encoding.UTF8, type);
        using var answer = await http.PutAsync(
            new Uri("/api/gateways/hill/config", UriKind.Relative), content, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
