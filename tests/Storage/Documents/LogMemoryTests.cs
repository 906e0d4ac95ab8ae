using IotGateway.Storage.Documents;

namespace IotGateway.Storage.Tests.Documents;

public sealed class LogMemoryTests
{
    [Fact]
    public void OfALargeChangeLittleStays()
    {
        using var log = new LogMemory();
        log.Write(new byte[20_000_000]);

        log.SetLength(0);

        Assert.InRange(log.Capacity, 0, 1024 * 1024);
    }
}
