using System.Security.Cryptography.X509Certificates;
using IotGateway.Cloud.Ingest.Broker;
using IotGateway.Cloud.Tests.Fleet;
using IotGateway.Telemetry.Wire;
using MQTTnet;
using MQTTnet.Protocol;

namespace IotGateway.Cloud.Tests.Ingest.Broker;

public sealed class RememberedTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task NoTopicAliasIsOfferedAndNoneIsTaken(bool claim)
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        var (certificate, id) = Some(cloud, claim);
        await using var client = await RawClient.ConnectAsync(cloud, certificate, id);
        Assert.Equal(0, await AliasesAsync(client));

        await client.SendAsync(RawClient.Publish($"dt/{id}/batch", [0x23, 0, 1], []));

        await client.EndedAsync();
        Assert.Equal(1, cloud.Counters.ConnectionsRefusedByReason["topic_alias"]);
    }

    [Fact]
    public async Task FiltersOfASessionAreBounded()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        await using var gateway = await TestGateway.ConnectAsync(cloud, cloud.Enrol("hill"), "hill");
        var codes = new List<MqttClientSubscribeResultCode>();
        for (var i = 0; i < 60; i++)
            codes.Add(await SubscribeAsync(gateway, $"cmd/hill/{i}"));

        Assert.InRange(codes.Count(c => c == MqttClientSubscribeResultCode.GrantedQoS1), 10, 32);
        Assert.Equal(MqttClientSubscribeResultCode.QuotaExceeded, codes[^1]);

        // The one it has is granted again, and one given up makes room.
        Assert.Equal(MqttClientSubscribeResultCode.GrantedQoS1, await SubscribeAsync(gateway, "cmd/hill/1"));
        await gateway.Client.UnsubscribeAsync("cmd/hill/1", TestContext.Current.CancellationToken);
        Assert.Equal(MqttClientSubscribeResultCode.GrantedQoS1, await SubscribeAsync(gateway, "cmd/hill/new"));
    }

    [Theory]
    [InlineData(0x10)]
    [InlineData(0x82)]
    public async Task AFrameThatIsNoMessageIsBounded(int type)
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        var certificate = cloud.Enrol("hill");
        await using var client = type == 0x10
            ? await RawClient.OpenAsync(cloud, certificate)
            : await RawClient.ConnectAsync(cloud, certificate, "hill");

        await client.SendAsync(RawClient.Frame(type, new byte[20_000])[..64]);

        await client.EndedAsync();
        Assert.Equal(1, cloud.Counters.RefusedByReason["message_too_large"]);
    }

    [Fact]
    public async Task AnswersThatAreNeverAcknowledgedEndTheSession()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        await using var client = await RawClient.ConnectAsync(cloud, cloud.Enrol("hill"), "hill");
        _ = await AliasesAsync(client);
        await client.SendAsync(RawClient.Frame(0x82, [0, 1, 0, .. RawClient.Text("cmd/hill/stored"), 1]));
        Assert.Equal(0x90, await client.ReadByteAsync());
        var reading = client.EndedAsync();

        for (var i = 1; i <= 5_000 && !reading.IsCompleted; i++)
            await cloud.Get<GatewayBroker>().PublishAsync(
                "hill", new StoredAnswer("s1", i, [], []), TestContext.Current.CancellationToken);

        await reading;
        Assert.Equal(1, cloud.Counters.ConnectionsRefusedByReason["answers_not_acknowledged"]);
    }

    [Fact]
    public async Task AnswersThatNeedNoAcknowledgementAreNotCounted()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        await using var gateway = await TestGateway.ConnectAsync(cloud, cloud.Enrol("hill"), "hill", subscribe: false);
        await gateway.Client.SubscribeAsync(
            "cmd/hill/stored", MqttQualityOfServiceLevel.AtMostOnce, TestContext.Current.CancellationToken);

        for (var i = 1; i <= 1_500; i++)
            await cloud.Get<GatewayBroker>().PublishAsync(
                "hill", new StoredAnswer("s1", i, [], []), TestContext.Current.CancellationToken);

        // The last is never dropped.
        while ((await gateway.AnswerAsync()).Contiguous < 1_500)
            Assert.True(gateway.Client.IsConnected);
        Assert.Empty(cloud.Counters.ConnectionsRefusedByReason);
    }

    private static (X509Certificate2 Certificate, string Id) Some(TestCloud cloud, bool claim) =>
        claim ? (FleetClient.Issue(cloud).Certificate, "claim.one") : (cloud.Enrol("hill"), "hill");

    /// <summary>The topic aliases that the rest of a CONNACK offers; absent means none (MQTT 5 §3.2.2.3.8).</summary>
    private static async Task<int> AliasesAsync(RawClient client)
    {
        var rest = new byte[await client.ReadByteAsync()];
        for (var i = 0; i < rest.Length; i++)
            rest[i] = (byte)await client.ReadByteAsync();
        Assert.Equal(0, rest[1]);
        return rest.AsSpan(3).IndexOf((byte)0x22) is >= 0 and var at ? (rest[at + 4] << 8) | rest[at + 5] : 0;
    }

    private static async Task<MqttClientSubscribeResultCode> SubscribeAsync(TestGateway gateway, string filter) =>
        Assert.Single((await gateway.Client.SubscribeAsync(
            filter, MqttQualityOfServiceLevel.AtLeastOnce, TestContext.Current.CancellationToken)).Items).ResultCode;
}
