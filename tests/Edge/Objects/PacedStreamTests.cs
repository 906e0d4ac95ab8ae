using IotGateway.Edge.Objects.Sending;
using IotGateway.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace IotGateway.Edge.Tests.Objects;

public class PacedStreamTests
{
    [Fact]
    public async Task ALimitedLineTakesItsTime()
    {
        var time = new FakeTimeProvider();
        var rate = new RateLimit(int.MaxValue, 65_536, time);
        var content = Uploader.Bytes(1 << 20);
        var reads = 0;
        await using var stream = new PacedStream(content, content.Length, rate.Take, () => reads++, time);
        using var copy = new MemoryStream();

        var start = time.GetUtcNow();
        var copying = stream.CopyToAsync(copy);
        while (!copying.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

        await copying;
        Assert.Equal(content, copy.ToArray());
        Assert.True(time.GetUtcNow() - start >= TimeSpan.FromSeconds(14.9), $"took {time.GetUtcNow() - start}");
        Assert.True(reads >= 64);
    }
}
