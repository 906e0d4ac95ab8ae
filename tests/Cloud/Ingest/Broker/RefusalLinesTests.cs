using IotGateway.Cloud.Tests.Fleet;
using IotGateway.Telemetry.Fleet;
using Microsoft.Extensions.Logging;

namespace IotGateway.Cloud.Tests.Ingest.Broker;

public sealed class RefusalLinesTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WhatIsRefusedAgainAndAgainIsCountedAndNamedOnce(bool claim)
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        using var log = new LogLines();
        cloud.Get<ILoggerFactory>().AddProvider(log);
        var certificate = claim ? FleetClient.Issue(cloud).Certificate : cloud.Enrol("hill");
        string[] reasons = claim
            ? ["forbidden_topic", "forbidden_subscription", "certificate_request"]
            : ["forbidden_topic", "forbidden_subscription", "certificate_request", "shadow_request"];

        for (var i = 0; i < 2; i++)
        {
            // A claim calls itself anything.
            await using var client = await FleetClient.ConnectAsync(cloud, certificate, claim ? $"claim.{i}" : "hill");
            for (var j = 0; j < 3; j++)
            {
                await client.PublishAsync($"other/{j}", "{}");
                await client.SubscribeAsync($"other/{j}");
                await client.PublishAsync(FleetTopics.CreateFromCsr, "nonsense");
                if (!claim)
                    await client.PublishAsync(FleetTopics.ShadowUpdate("hill"), "nonsense");
            }
        }

        foreach (var reason in reasons)
        {
            Assert.Equal(6, cloud.Counters.RefusedByReason[reason]);
            Assert.Single(log.Lines, l => l.Text.Contains(reason, StringComparison.Ordinal));
        }
    }
}
