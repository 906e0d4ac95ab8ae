using IotGateway.Cloud.Ingest.Status;
using Microsoft.Extensions.Time.Testing;

namespace IotGateway.Cloud.Tests.Ingest.Bounds;

public sealed class HealthTests
{
    [Fact]
    public void WorkThatDoesNotGetOnIsUnhealthyUntilItDoes()
    {
        var time = new FakeTimeProvider();
        var health = new Health(time);
        health.Listening(true);
        Assert.Null(health.Problem);
        using (health.Working("storing"))
        {
            time.Advance(Health.Longest);
            Assert.Null(health.Problem);
            time.Advance(TimeSpan.FromSeconds(5));
            Assert.Equal("storing has not got on for 35 s", health.Problem);
        }

        Assert.Null(health.Problem);
    }
}
