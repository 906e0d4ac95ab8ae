using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using IotGateway.Cloud.Enrolment;
using IotGateway.Cloud.Ingest.Status;
using IotGateway.Telemetry.Wire;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Operations;

/// <summary>Gateways in the API and on their page: bounded however many and however much they tell of themselves.</summary>
public sealed class GatewaysTests
{
    [Fact]
    public async Task ManyGatewaysComeInPagesThatJoinToTheWhole()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        string[] names = [.. Enumerable.Range(0, 1_050).Select(i => string.Create(CultureInfo.InvariantCulture, $"gw-{i:D5}"))];
        foreach (var name in names)
            cloud.Gateways.Update(name, v => v);
        using var http = cloud.Http;

        var found = new List<string>();
        var pages = 0;
        for (var next = "/api/gateways"; next is not null; pages++)
        {
            using var answer = await http.GetAsync(new Uri(next, UriKind.Relative), TestContext.Current.CancellationToken);
            var page = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.AsArray();
            Assert.InRange(page.Count, 1, 100);
            found.AddRange(page.Select(g => (string)g!["name"]!));
            next = answer.Headers.TryGetValues("Link", out var link) ? link.Single().Split('<', '>')[1] : null;
        }

        Assert.Equal(names, found);
        Assert.Equal(11, pages);
        var html = await http.GetStringAsync(new Uri("/gateways", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(25, html.Split("class=\"panel gateway\"").Length - 1);
        Assert.Contains("/gateways?after=gw-00024", html, StringComparison.Ordinal);
        Assert.Contains(
            "No further gateway",
            await http.GetStringAsync(new Uri("/gateways?after=zzz", UriKind.Relative), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task AStatusOfAHundredThousandNodesIsCutAndCounted()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        var told = new GatewayStatus(
            "hill", Noon, "1", Noon, 0, 0, null, 0,
            Enumerable.Range(0, 100_000).ToDictionary(i => $"source-{i:D6}", _ => new string('s', 5_000)),
            Enumerable.Range(0, 100_000).ToDictionary(i => $"missed.node-{i:D6}", _ => 1L))
        {
            Version = new string('v', 100_000),
        };
        cloud.Gateways.Update("hill", v => v with { Status = GatewayStatus.Parse(told.ToJson()) });
        using var http = cloud.Http;

        var json = await http.GetStringAsync(new Uri("/api/gateways", UriKind.Relative), TestContext.Current.CancellationToken);
        var html = await http.GetStringAsync(new Uri("/gateways", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.InRange(json.Length, 1, 200_000);
        Assert.InRange(html.Length, 1, 60_000);
        Assert.Equal(
            200_000 - GatewayStatus.MostCounters - GatewayStatus.MostSources, (int?)JsonNode.Parse(json)![0]!["status"]!["leftOut"]);
        Assert.Contains("198,900", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1e999")]
    [InlineData("-1e999")]
    [InlineData("-0.1")]
    [InlineData("\"NaN\"")]
    [InlineData("null")]
    public async Task AShareThatIsNoneIsRefusedAndTheOthersAreShown(string share)
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        await using var gateway = await ConnectAsync(cloud, cloud.Enrol("hill"), "hill");
        var good = new GatewayStatus(
            "hill", Noon, "1.2.3", Noon, 0, 0, null, 0.5, new Dictionary<string, string>(), new Dictionary<string, long>());
        await gateway.PublishAsync(Topics.Status("hill"), good.ToJson());
        var bad = Encoding.UTF8.GetString(good.ToJson()).Replace("0.5", share, StringComparison.Ordinal);
        await gateway.PublishAsync(Topics.Status("hill"), Encoding.UTF8.GetBytes(bad));
        using var http = cloud.Http;

        var json = JsonNode.Parse(
            await http.GetStringAsync(new Uri("/api/gateways", UriKind.Relative), TestContext.Current.CancellationToken))![0]!;

        Assert.Equal(0.5, (double?)json["status"]!["bufferUsedShare"]);
        Assert.Single(json["counters"]!.AsObject(), c => c.Key.StartsWith("refused_status", StringComparison.Ordinal));
        using var page = await http.GetAsync(new Uri("/gateways", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task ABufferBeyondItsLimitIsShownAsFull()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        await using var gateway = await ConnectAsync(cloud, cloud.Enrol("hill"), "hill");
        var over = new GatewayStatus(
            "hill", Noon, "1.2.3", Noon, 9, 90, Noon, 1.5, new Dictionary<string, string>(), new Dictionary<string, long>());
        await gateway.PublishAsync(Topics.Status("hill"), over.ToJson());
        using var http = cloud.Http;

        var json = JsonNode.Parse(
            await http.GetStringAsync(new Uri("/api/gateways", UriKind.Relative), TestContext.Current.CancellationToken))![0]!;

        Assert.Equal(1.0, (double?)json["status"]?["bufferUsedShare"]);
        Assert.DoesNotContain(json["counters"]!.AsObject(), c => c.Key.StartsWith("refused_status", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ARevokedGatewayIsShownAsSuchUntilItIsEnrolledAnew()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        await using var gateway = await ConnectAsync(cloud, cloud.Enrol("hill"), "hill");
        Assert.Equal((false, true), await ShownAsync(cloud));

        cloud.Get<EnrolledGateways>().Revoke("hill");
        Assert.Equal((true, false), await ShownAsync(cloud));
        using var http = cloud.Http;
        var page = WebUtility.HtmlDecode(
            await http.GetStringAsync(new Uri("/gateways", UriKind.Relative), TestContext.Current.CancellationToken));
        Assert.Contains("✕ Revoked", page, StringComparison.Ordinal);
        Assert.DoesNotContain("● Connected", page, StringComparison.Ordinal);

        cloud.Enrol("hill");
        Assert.False((await ShownAsync(cloud)).Revoked);
    }

    private static async Task<(bool Revoked, bool Connected)> ShownAsync(TestCloud cloud)
    {
        using var http = cloud.Http;
        var json = JsonNode.Parse(
            await http.GetStringAsync(new Uri("/api/gateways", UriKind.Relative), TestContext.Current.CancellationToken))![0]!;
        return ((bool?)json["revoked"] ?? false, (bool)json["connected"]!);
    }
}
