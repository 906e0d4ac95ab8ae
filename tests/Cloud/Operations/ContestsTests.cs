using System.Net;
using System.Text.Json.Nodes;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Operations;

public sealed class ContestsTests
{
    [Fact]
    public async Task AValueThatContradictsAnotherGatewaysIsShownWithItsGateway()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        await using (var hill = await ConnectAsync(cloud, cloud.Enrol("hill"), "hill"))
            await hill.SendAsync(Encode("hill", 1, Reading(0, 34.5)));
        await using (var thorn = await ConnectAsync(cloud, cloud.Enrol("thorn"), "thorn"))
            await thorn.SendAsync(Encode("thorn", 1, Reading(0, 85)));
        using var http = cloud.Http;

        var contests = JsonNode.Parse(await GetAsync("/api/gateways/thorn/contests"))!.AsArray();
        Assert.Equal((34.5, 85.0), ((double)contests.Single()!["standing"]!, (double)contests.Single()!["told"]!));
        Assert.Equal("[]", await GetAsync("/api/gateways/hill/contests"));
        var page = WebUtility.HtmlDecode(await GetAsync("/gateways"));
        Assert.Contains("Values that contradict another gateway's", page, StringComparison.Ordinal);
        Assert.Matches("<td>85\\.0+ °C</td>", page);

        Task<string> GetAsync(string path) => http.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
    }
}
