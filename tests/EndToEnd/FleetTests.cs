using System.Text;
using System.Text.Json;

namespace IotGateway.EndToEnd.Tests;

/// <summary>
/// A gateway that holds nothing but a claim: it gets its certificate, its readings arrive, it is configured from the cloud.
/// </summary>
public class FleetTests
{
    [Fact]
    public async Task AClaimIsAllAGatewayNeeds()
    {
        await using var chain = new Chain();
        await chain.ClaimAsync();
        await chain.StartCloudAsync();
        await chain.StartFieldAsync("--speed", "0", "--from", "2021-06-19", "--until", "2021-06-20");
        await chain.StartEdgeByClaimAsync();

        await chain.Field!.SaysAsync("replay ended", Chain.Patience);
        var sent = SentReadings.Read(chain.Ledger);
        await chain.UntilAsync("all readings stored", () => StoredReadings.CountAsync(chain), n => n == sent.Readings.Count);
        StoredReadings.Equal(sent, await StoredReadings.AllAsync(chain));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(chain.In("edge/identity/gateway.pem")));

        // While it runs: what is right is applied, what is wrong is refused with the reason.
        await SetAsync(chain, """{"backlogShare": 2, "window": 7}""");
        var settings = await chain.UntilAsync("the window is set", () => SettingsAsync(chain), s => Value(s, "window") == 7);
        Assert.Equal(0.5, Value(settings, "backlogShare"));
        await chain.UntilAsync(
            "the refusal is reported",
            async () => await chain.GetAsync($"{chain.CloudUrl}/api/gateways/{Chain.Gateway}/config"),
            c => c?.GetProperty("state").GetProperty("reported").TryGetProperty("rejected", out var rejected) == true
                && rejected.GetProperty("backlogShare").GetString() == "is 2; expected 0.05 to 0.95");
        Assert.Contains(
            "refused: is 2; expected 0.05 to 0.95", await chain.Http.GetStringAsync(new Uri(chain.CloudUrl + "/gateways")),
            StringComparison.Ordinal);

        // Without the cloud, after a kill -9: the settings are still in force.
        await chain.Cloud!.StopAsync(TimeSpan.FromSeconds(12));
        await chain.Edge!.KillAsync();
        await chain.Edge.DisposeAsync();
        await chain.StartEdgeByClaimAsync();
        await chain.UntilAsync("the window is kept", () => SettingsAsync(chain), s => Value(s, "window") == 7);

        // And the claim is needed no more.
        File.Delete(chain.In("cloud/pki/claims/" + Path.GetFileName(Directory.GetFiles(chain.In("cloud/pki/claims"), "*.pem").Single())));
        await chain.Cloud.DisposeAsync();
        await chain.StartCloudAsync();
        await chain.Edge!.SaysAsync("Forwarding: connected", Chain.Patience);
        Assert.DoesNotContain("provisioned by claim", chain.Edge.Output, StringComparison.Ordinal);
    }

    private static async Task SetAsync(Chain chain, string desired)
    {
        using var body = new StringContent(desired, Encoding.UTF8, "application/json");
        using var answer = await chain.Http.PutAsync(new Uri($"{chain.CloudUrl}/api/gateways/{Chain.Gateway}/config"), body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<JsonElement?> SettingsAsync(Chain chain) =>
        (await chain.GetAsync(chain.EdgeUrl + "/status.json"))?.GetProperty("fleet").GetProperty("settings");

    private static double? Value(JsonElement? settings, string name) => settings?.GetProperty(name).GetDouble();
}
