using IotGateway.Telemetry.Wire;
using MQTTnet;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Ingest;

public sealed class RoundTripTests
{
    [Fact]
    public async Task ABatchIsStoredAndAnswered()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        await using var gateway = await ConnectAsync(cloud, cloud.Enrol("hill"), "hill");

        var sent = Encode("hill", 1, Reading(0, 34.5), Reading(15, 34.25));
        var acknowledged = await gateway.SendAsync(sent);

        Assert.Equal(MqttClientPublishReasonCode.Success, acknowledged.ReasonCode);
        Assert.Equal(2, cloud.Store.Count);
        var answer = await gateway.AnswerAsync();
        Assert.Equal(("s1", 2L), (answer.Stream, answer.Contiguous));
        Assert.Equal([new SequenceRange(1, 2)], answer.Stored);
        Assert.Empty(answer.Refused);
    }

    [Fact]
    public async Task TheRawLakeHoldsTheBytesSent()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        await using var gateway = await ConnectAsync(cloud, cloud.Enrol("hill"), "hill");
        var plain = Encode("hill", 1, Reading(0, 34.5));
        var packed = Encode("hill", 2, [.. Enumerable.Range(1, 50).Select(i => Reading(i, 34.5))]);

        await gateway.SendAsync(plain);
        await gateway.SendAsync(packed);

        var raw = await cloud.RawBatchesAsync();
        Assert.Equal([plain, packed], raw.Select(b => b.Bytes.ToArray()));
        Assert.Equal([new SequenceRange(1, 1), new SequenceRange(2, 51)], raw.Select(b => b.Range));
    }
}
