namespace IotGateway.Hosting.Tests;

public class BackoffTests
{
    [Fact]
    public void TheCeilingDoublesFromASecondToFiveMinutes()
    {
        var backoff = new Backoff(() => 1);

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300], Enumerable.Range(0, 11).Select(_ => (int)backoff.Next().TotalSeconds));
    }

    [Fact]
    public void TheWaitIsAnywhereBelowTheCeiling()
    {
        var random = new Random(1);
        var waits = Enumerable.Range(0, 1000).Select(_ => new Backoff(random.NextDouble).Next().TotalSeconds).ToArray();

        Assert.All(waits, w => Assert.InRange(w, 0, 1));
        Assert.InRange(waits.Average(), 0.45, 0.55);
    }

    [Fact]
    public void ASuccessStartsItAnew()
    {
        var backoff = new Backoff(() => 1);
        backoff.Next();
        backoff.Next();
        backoff.Reset();

        Assert.Equal(TimeSpan.FromSeconds(1), backoff.Next());
    }

    [Fact]
    public void NeverOverflows()
    {
        var backoff = new Backoff(() => 1);
        for (var i = 0; i < 10_000; i++)
            Assert.True(backoff.Next() <= Backoff.Longest);
    }
}
