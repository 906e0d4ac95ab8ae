using System.Text.Json;
using IotGateway.Telemetry.Wire;

namespace IotGateway.EndToEnd.Tests.Gateway;

/// <summary>
/// An old image of the gateway's disk is put back: the numbers it hands out were handed out before, and the cloud has those.
/// </summary>
public class RestoredImageTests
{
    /// <summary>Little in flight, so that an answer meets readings that were not sent yet.</summary>
    private static readonly string[] Slow = ["--Forwarding:Window", "1", "--Forwarding:PublishesPerSecond", "1"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AnswersForTheOldNumbersFreeNoneOfTheNewReadings(bool restartedBeforeTheCloudIsMet)
    {
        await using var bench = await Bench.StartAsync();
        await FramesAsync(bench, 3);
        await bench.AllArrivesAsync();
        await bench.Edge.StopAsync(TimeSpan.FromSeconds(10));
        await bench.Edge.DisposeAsync();
        Copy(bench.Data, bench.In("image"));

        // The gateway goes on and is answered.
        await bench.StartEdgeAsync();
        await FramesAsync(bench, 12);
        await bench.AllArrivesAsync();
        var (stream, last) = await StandAsync(bench);
        await bench.Edge.StopAsync(TimeSpan.FromSeconds(10));
        await bench.Edge.DisposeAsync();

        // The image comes back, and takes in readings under the same numbers while the cloud is away: fewer, so that the cloud has numbers
        // that were never sent from here however soon the connection sends.
        await bench.Broker.KillAsync();
        Directory.Delete(bench.Data, recursive: true);
        Copy(bench.In("image"), bench.Data);
        await bench.StartEdgeAsync(Slow);
        await FramesAsync(bench, 6, each: 1);
        if (restartedBeforeTheCloudIsMet)
        {
            await bench.KillEdgeAsync();
            await bench.StartEdgeAsync(Slow);
        }

        var (same, restored) = await StandAsync(bench);
        Assert.Equal(stream, same);
        Assert.InRange(restored, 1, last - 1);
        var waiting = await bench.BufferedReadingsAsync();
        Assert.True(waiting > 0);

        // The cloud tells what it has of the stream, as it does when a gateway begins to listen.
        bench.Cloud.Answer = Consumer.Silence;
        await bench.Broker.StartAsync();
        await bench.Cloud.ConnectAsync();
        await bench.Edge.SaysAsync("Forwarding: connected", Bench.Patience);
        await bench.Cloud.SayAsync(Bench.Name, new StoredAnswer(stream, last, [new SequenceRange(1, last)], []));
        await bench.Edge.SaysAsync("under a new stream id", Bench.Patience);

        Assert.Equal(waiting, await bench.BufferedReadingsAsync());
        bench.Cloud.Answer = Consumer.Stored;
        await bench.AllArrivesAsync();
        Assert.NotEqual(stream, (await StandAsync(bench)).Stream);
    }

    /// <summary>Frames in so many batches of their own.</summary>
    private static async Task FramesAsync(Bench bench, int batches, int each = 20)
    {
        var taken = await TakenAsync(bench);
        for (var i = 0; i < batches; i++)
        {
            var before = (await StandAsync(bench)).Last;
            await bench.Field.PublishAsync(each);
            await bench.UntilAsync("the frames are buffered", async () => (await StandAsync(bench)).Last > before);
        }

        await bench.UntilAsync("all frames are taken in", async () => await TakenAsync(bench) >= taken + (batches * each));
    }

    private static async Task<long> TakenAsync(Bench bench) =>
        (await bench.StatusAsync())!.Value.GetProperty("counters").TryGetProperty("frames.accepted", out var taken) ? taken.GetInt64() : 0;

    private static async Task<(string Stream, long Last)> StandAsync(Bench bench)
    {
        JsonElement? status = null;
        await bench.UntilAsync("the gateway answers", async () => (status = await bench.StatusAsync()) is not null);
        var buffer = status!.Value.GetProperty("buffer");
        return (buffer.GetProperty("streamId").GetString()!, buffer.GetProperty("lastSequence").GetInt64());
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
