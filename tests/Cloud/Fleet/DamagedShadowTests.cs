using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using IotGateway.Cloud.Fleet;
using IotGateway.Telemetry.Fleet;
using MQTTnet;
using static IotGateway.Cloud.Tests.Fleet.FleetClient;

namespace IotGateway.Cloud.Tests.Fleet;

/// <summary>A damaged side file costs what is in it, and nothing else.</summary>
public sealed class DamagedShadowTests
{
    private const string Whole =
        """{"state":{"desired":{"window":20},"reported":{}},"metadata":{"desired":{},"reported":{}},"version":3,"timestamp":5}""";

    private static readonly string Get = FleetTopics.ShadowGet("hill");

    public static TheoryData<string> Damaged =>
    [
        "", "{", "[]", "null", "\0\0\0\0", "{}", Whole.Replace("3", "\"3\"", StringComparison.Ordinal),
        Whole.Replace("\"version\":3", "\"version\":1e400", StringComparison.Ordinal),
        Whole.Replace("{\"window\":20}", "5", StringComparison.Ordinal), Whole.Replace("window", "\\ud800", StringComparison.Ordinal),
        Whole.Replace("\"reported\":{}", "\"reported\":null", StringComparison.Ordinal), Whole[..^20],
        $"{{\"a\":\"{new string('x', 600_000)}\"}}", "{\"state\":" + new string('[', 5000),
    ];

    [Theory]
    [MemberData(nameof(Damaged))]
    public async Task TheGatewayGoesOnAndThePageShowsIt(string content)
    {
        using var folder = new TempFolder();
        await using (var cloud = await StartAsync(folder, content))
        {
            await using var gateway = await ConnectAsync(cloud, cloud.Enrol("hill"), "hill");
            await gateway.SubscribeAsync(FleetTopics.Accepted(Get), FleetTopics.Rejected(Get));
            for (var i = 0; i < 3; i++)
            {
                var (topic, answer) = await gateway.AskAsync(Get, []);
                Assert.Equal(FleetTopics.Rejected(Get), topic);
                Assert.Equal(500, (int?)answer["code"]);
            }

            // Another's shadow, the page and the API are as they were.
            using var http = cloud.Http;
            Assert.Contains("hill.json.", await PageAsync(http), StringComparison.Ordinal);
            Assert.Contains(
                "hill.json.", await PageAsync(http, "/api/gateways/hill/config", HttpStatusCode.NotFound), StringComparison.Ordinal);
            Assert.Equal(
                Encoding.UTF8.GetBytes(content),
                await File.ReadAllBytesAsync(
                    Assert.Single(Directory.GetFiles(cloud.Data.Shadows, "hill.json.*")), TestContext.Current.CancellationToken));
        }

        // It stays known over a restart, until the settings are set again.
        await using var again = await TestCloud.StartAsync(folder.Path);
        using var later = again.Http;
        Assert.NotNull(again.Get<Shadows>().Look("hill").Trouble);
        using var put = new StringContent("""{"window":21}""", Encoding.UTF8, "application/json");
        using var answered = await later.PutAsync(
            new Uri("/api/gateways/hill/config", UriKind.Relative), put, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
        Assert.Equal("""{"window":21}""", again.Get<Shadows>().Find("hill")!.Desired.ToJsonString());
        Assert.DoesNotContain("hill.json.", await PageAsync(later), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFileThatMayNotBeReadIsNotSetAside()
    {
        Assert.SkipWhen(Environment.UserName == "root", "root may read everything");
        using var folder = new TempFolder();
        await using var cloud = await StartAsync(folder, Whole);
        var file = Path.Combine(cloud.Data.Shadows, "hill.json");
        File.SetUnixFileMode(file, UnixFileMode.None);
        Assert.Contains("hill.json", cloud.Get<Shadows>().Look("hill").Trouble, StringComparison.Ordinal);
        File.SetUnixFileMode(file, UnixFileMode.UserRead);
        Assert.Equal(3, cloud.Get<Shadows>().Find("hill")!.Version);
    }

    [Theory]
    [InlineData("""{"state":{"reported":{"a":"\ud800"}}}""")]
    [InlineData("""{"state":{"reported":{"a":1e-99999999999999999}}}""")]
    [InlineData("""{"state":{"\udfff":{}}}""")]
    public async Task AnOddRequestIsRejectedAndTheConnectionStays(string request)
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        await using var gateway = await ConnectAsync(cloud, cloud.Enrol("hill"), "hill");
        var update = FleetTopics.ShadowUpdate("hill");
        await gateway.SubscribeAsync(FleetTopics.Accepted(update), FleetTopics.Rejected(update));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(MqttClientPublishReasonCode.Success, await gateway.PublishAsync(update, request));
            var (topic, answer) = await gateway.NextAsync();
            Assert.Equal((FleetTopics.Rejected(update), 400), (topic, (int?)answer["code"]));
        }
    }

    private static async Task<TestCloud> StartAsync(TempFolder folder, string content)
    {
        var cloud = await TestCloud.StartAsync(folder.Path);
        Directory.CreateDirectory(cloud.Data.Shadows);
        await File.WriteAllTextAsync(
            Path.Combine(cloud.Data.Shadows, "hill.json"), content, new UTF8Encoding(false), TestContext.Current.CancellationToken);
        cloud.Gateways.Update("hill", v => v);
        return cloud;
    }

    private static async Task<string> PageAsync(
        HttpClient http, string path = "/gateways", HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(expected, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
