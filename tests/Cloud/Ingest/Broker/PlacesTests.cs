using System.Net;
using IotGateway.Cloud.Ingest.Broker;
using Microsoft.Extensions.Time.Testing;

namespace IotGateway.Cloud.Tests.Ingest.Broker;

public sealed class PlacesTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void TheOldestOfTheSameOwnerGivesWay()
    {
        var places = new Places(10, 2, TimeSpan.Zero, displacesOthers: true, _time);
        var (first, second) = (places.Take("a")!, places.Take("a")!);
        var third = places.Take("a")!;

        Assert.True(first.Lost.IsCancellationRequested);
        Assert.False(second.Lost.IsCancellationRequested || third.Lost.IsCancellationRequested);
    }

    [Fact]
    public void WhereAllAreTakenWhoHoldsTheMostGivesWay()
    {
        var places = new Places(4, 4, TimeSpan.Zero, displacesOthers: false, _time);
        var quiet = places.Take("quiet")!;
        var hoard = Enumerable.Range(0, 3).Select(_ => places.Take("hoard")!).ToArray();

        Assert.NotNull(places.Take("newcomer"));
        Assert.True(hoard[0].Lost.IsCancellationRequested);
        Assert.False(quiet.Lost.IsCancellationRequested);
    }

    [Fact]
    public void AnOnlyPlaceStaysUnlessThatIsAllowed()
    {
        var kind = new Places(2, 4, TimeSpan.Zero, displacesOthers: false, _time);
        var hard = new Places(2, 4, TimeSpan.Zero, displacesOthers: true, _time);
        foreach (var places in new[] { kind, hard })
            Assert.All(new[] { "a", "b" }, owner => Assert.NotNull(places.Take(owner)));

        Assert.Null(kind.Take("c"));
        Assert.NotNull(hard.Take("c"));
    }

    [Fact]
    public void APlaceIsSafeForItsTime()
    {
        var places = new Places(10, 1, TimeSpan.FromSeconds(1), displacesOthers: true, _time);
        using var first = places.Take("a")!;
        Assert.Null(places.Take("a"));
        _time.Advance(TimeSpan.FromSeconds(2));
        var second = places.Take("a")!;
        Assert.True(first.Lost.IsCancellationRequested);

        second.Dispose();
        second.Dispose();
        Assert.NotNull(places.Take("a"));
    }

    [Fact]
    public void WhoHoldsNoneGetsInBesideThoseWhoHoardAndRenew()
    {
        var places = new Places(200, 50, TimeSpan.FromSeconds(1), displacesOthers: true, _time);
        string[] hoarders = ["a", "b", "c", "d"];
        foreach (var hoarder in hoarders)
            Assert.All(Enumerable.Range(0, 50), _ => Assert.NotNull(places.Take(hoarder)));

        Assert.Null(places.Take("a"));
        var newcomer = places.Take("e");
        Assert.NotNull(newcomer);

        // Nor do they take it back, in its time or after.
        Assert.All(hoarders, hoarder => places.Take(hoarder));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.All(hoarders, hoarder => places.Take(hoarder));
        Assert.False(newcomer.Lost.IsCancellationRequested);
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "20010db800010002::/64")]
    public void ACustomersIpv6NetworkIsOneAddress(string address, string key) =>
        Assert.Equal(key, ClientAddress.Of(new IPEndPoint(IPAddress.Parse(address), 1)));
}
