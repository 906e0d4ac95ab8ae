namespace IotGateway.EndToEnd.Tests.Gateway;

/// <summary>
/// A line of 4 KiB a second and 600 ms, as by satellite or a far cell: full for minutes, and everything still gets through.
/// </summary>
public class ThinLineTests
{
    private const int BytesPerSecond = 4 << 10;
    private const int Backlog = 1800;

    [Fact]
    public async Task LiveReadingsPassABacklogOnAThinLine()
    {
        await using var bench = await Bench.StartAsync(connectCloud: false);
        await bench.Cloud.ConnectAsync();
        await bench.KillEdgeAsync();
        await using var line = new ThinLine(bench.Broker.Port, BytesPerSecond, TimeSpan.FromMilliseconds(600));
        string[] thin = ["--Forwarding:Port", $"{line.Port}", "--Forwarding:StatusSeconds", "60"];

        // A backlog: the frames are taken in while the cloud's broker is away.
        await bench.Broker.KillAsync();
        await bench.StartEdgeAsync(thin);
        await bench.Field.PublishAsync(Backlog, large: true);
        var backlog = bench.Field.Sent.Keys.ToHashSet();
        await bench.UntilAsync("the backlog is buffered", async () =>
            (await bench.StatusAsync())!.Value.GetProperty("counters").GetProperty("frames.accepted").GetInt64() == Backlog);
        await bench.KillEdgeAsync();
        await bench.Broker.StartAsync();
        await bench.Cloud.ConnectAsync();
        var before = line.Connections;
        await bench.StartEdgeAsync(thin);
        await bench.Edge.SaysAsync("Forwarding: connected", Bench.Patience);

        var live = new Dictionary<(string, long), TimeSpan>();
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(2));
        while (!backlog.IsSubsetOf(bench.Cloud.Temperatures.Keys) && bench.Cloud.Elapsed < TimeSpan.FromMinutes(5))
        {
            live.Add(await bench.Field.PublishOneAsync(), bench.Cloud.Elapsed);
            await pace.WaitForNextTickAsync();
        }

        await bench.AllArrivesAsync(TimeSpan.FromMinutes(3));

        var arrivals = bench.Cloud.Arrivals;
        var done = arrivals.Where(a => Keys(a).Any(backlog.Contains)).Max(a => a.At);
        var first = arrivals.Min(a => a.At);
        Assert.True(
            done - first > TimeSpan.FromSeconds(35), $"the backlog took {(done - first).TotalSeconds:0} s: too short to need a keep-alive");
        // None would in the order of their coming. Each waits for what is already on the line, some tens of seconds, and the last ones have
        // no backlog left to pass.
        var passed = arrivals.Where(a => a.At < done).SelectMany(Keys).Count(live.ContainsKey);
        Assert.True(passed >= live.Count / 4, $"{passed} of {live.Count} live frames came before the backlog was done");
        Assert.Equal(1, line.Connections - before);
        Assert.Equal(arrivals.Count, arrivals.DistinctBy(a => a.Batch.First).Count());
    }

    private static IEnumerable<(string, long)> Keys(Arrival arrival) =>
        arrival.Batch.Readings.Select(r => (r.Device.ToString(), r.Time.ToUnixTimeSeconds()));
}
