using IotGateway.Cloud.Operations;
using Microsoft.Extensions.Time.Testing;

namespace IotGateway.Cloud.Tests.Operations;

[Collection(Alone.Name)]
public sealed class MemoryAtRestTests
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task MemoryOfABusyTimeIsGivenBackOnceItIsOver()
    {
        var stop = TestContext.Current.CancellationToken;
        var time = new FakeTimeProvider();
        using var giver = new MemoryAtRest(time);
        await giver.StartAsync(stop);
        var before = GC.GetGCMemoryInfo(GCKind.FullBlocking).Index;

        for (var n = 0; n < 200; n++)
            GC.KeepAlive(new byte[1024 * 1024]);
        using var patience = new CancellationTokenSource(Most);
        while (GC.GetGCMemoryInfo(GCKind.FullBlocking).Index == before)
        {
            time.Advance(MemoryAtRest.Every);
            await Task.Delay(10, patience.Token);
        }

        Assert.True(GC.GetGCMemoryInfo(GCKind.FullBlocking).Compacted);
        await giver.StopAsync(stop);
    }
}
