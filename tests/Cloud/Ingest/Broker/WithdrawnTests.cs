using IotGateway.Cloud.Enrolment;
using IotGateway.Cloud.Tests.Fleet;
using MQTTnet;

namespace IotGateway.Cloud.Tests.Ingest.Broker;

public sealed class WithdrawnTests
{
    [Fact]
    public async Task ARevokedGatewaysConnectionEndsThoughItSaysNothing()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        await using var gateway = await TestGateway.ConnectAsync(cloud, cloud.Enrol("hill"), "hill");
        await using var other = await TestGateway.ConnectAsync(cloud, cloud.Enrol("valley"), "valley");
        var gone = GoneAsync(gateway.Client);

        cloud.Get<EnrolledGateways>().Revoke("hill");

        await gone.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await UntilAsync(() => !cloud.Gateways.Find("hill")!.Connected);
        Assert.Equal(1, cloud.Counters.ConnectionsRefusedByReason["revoked_certificate"]);
        Assert.True(cloud.Gateways.Find("valley")!.Connected);
        Assert.True(other.Client.IsConnected);
    }

    [Fact]
    public async Task ARevokedClaimsConnectionEndsToo()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        var (certificate, name) = FleetClient.Issue(cloud);
        await using var claim = await FleetClient.ConnectAsync(cloud, certificate, "claim.one");
        var gone = GoneAsync(claim.Client);

        cloud.Get<Claims>().Revoke(name);

        await gone.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task ASecondHolderOfAClaimDoesNotCutTheFirstOff()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        var (certificate, _) = FleetClient.Issue(cloud);
        await using var first = await FleetClient.ConnectAsync(cloud, certificate, "claim.one");
        await first.SubscribeAsync(FleetClient.Answers());

        await Assert.ThrowsAnyAsync<Exception>(() => FleetClient.ConnectAsync(cloud, certificate, "claim.one"));

        Assert.NotNull((await first.OrderAsync("hill")).Certificate);
        Assert.Equal(1, cloud.Counters.ConnectionsRefusedByReason["client_id_in_use"]);

        // Once it has left, the id is free.
        await first.DisposeAsync();
        await UntilAsync(async () =>
        {
            try
            {
                await using var second = await FleetClient.ConnectAsync(cloud, certificate, "claim.one");
                return true;
            }
            catch (Exception e) when (e is InvalidOperationException or MQTTnet.Adapter.MqttConnectingFailedException)
            {
                return false;
            }
        });
    }

    private static Task GoneAsync(IMqttClient client)
    {
        var gone = new TaskCompletionSource();
        client.DisconnectedAsync += _ =>
        {
            gone.TrySetResult();
            return Task.CompletedTask;
        };
        return gone.Task;
    }

    private static Task UntilAsync(Func<bool> right) => UntilAsync(() => Task.FromResult(right()));

    private static async Task UntilAsync(Func<Task<bool>> right)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await right())
            await pause.WaitForNextTickAsync(patience.Token);
    }
}
