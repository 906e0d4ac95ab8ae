using System.Diagnostics;
using IotGateway.Tests.Services;

namespace IotGateway.EndToEnd.Tests.Gateway;

/// <summary>
/// The cloud is away for a week at 1,000 readings a minute: all of it fits the buffer and drains in under an hour, by the limits that AWS
/// IoT Core has for a connection. A share of the week, unless LONG_TESTS=1.
/// </summary>
public class OutageTests
{
    private const int ReadingsAMinute = 1000;
    private const int Nodes = 100;

    private static readonly TimeSpan Outage = Environment.GetEnvironmentVariable("LONG_TESTS") == "1"
        ? TimeSpan.FromDays(7)
        : TimeSpan.FromHours(2);

    [Fact]
    public async Task ItDrainsInUnderAnHourAndAllOfItArrives()
    {
        await using var chain = new Chain();
        await using var source = Mosquitto.Plain(chain.In(""));
        await source.StartAsync();
        await using var field = await Field.ConnectAsync(source);
        await chain.EnrollAsync();
        await chain.StartEdgeAsync("--Sources:0:Port", $"{source.Port}");
        await chain.Edge!.SaysAsync("Source lorawan: connected", Chain.Patience);
        var readings = (long)(Outage.TotalMinutes * ReadingsAMinute);
        for (var held = 0L; held < readings; held = (await BufferAsync(chain)).Readings)
            await field.PublishAsync((int)Math.Clamp((readings - held) / 12, 100, 10_000), Nodes, large: true, inFlight: 1);
        var (_, before, waiting) = await chain.UntilAsync("all is buffered", () => AcceptedAsync(chain), a => a.Frames == field.Sent.Count);

        var start = Stopwatch.GetTimestamp();
        await chain.StartCloudAsync();
        await chain.UntilAsync(
            "all is stored", () => StoredReadings.CountAsync(chain), stored => stored >= waiting, TimeSpan.FromMinutes(70));
        var took = Stopwatch.GetElapsedTime(start);
        await chain.UntilAsync("the buffer is free", () => BufferAsync(chain), b => b.Readings == 0);

        TestContext.Current.TestOutputHelper!.WriteLine($"{waiting:N0} readings in {before:N0} batches drained in {took}");
        Assert.Equal(waiting, await StoredReadings.CountAsync(chain));
        Assert.Empty(
            (await chain.GetAsync(chain.EdgeUrl + "/status.json"))!.Value
                .GetProperty("buffer")
                .GetProperty("lossesByCause")
                .EnumerateObject());
        Assert.True(took < TimeSpan.FromHours(1), $"{waiting:N0} readings took {took}");
    }

    private static async Task<(long Batches, long Readings)> BufferAsync(Chain chain)
    {
        var buffer = (await chain.GetAsync(chain.EdgeUrl + "/status.json"))?.GetProperty("buffer");
        return (buffer?.GetProperty("batches").GetInt64() ?? -1, buffer?.GetProperty("readings").GetInt64() ?? -1);
    }

    private static async Task<(long Frames, long Batches, long Readings)> AcceptedAsync(Chain chain)
    {
        var status = await chain.GetAsync(chain.EdgeUrl + "/status.json");
        var frames = status is { } s && s.GetProperty("counters").TryGetProperty("frames.accepted", out var accepted)
            ? accepted.GetInt64()
            : -1;
        return (
            frames, status?.GetProperty("buffer").GetProperty("batches").GetInt64() ?? -1,
            status?.GetProperty("buffer").GetProperty("readings").GetInt64() ?? -1);
    }
}
