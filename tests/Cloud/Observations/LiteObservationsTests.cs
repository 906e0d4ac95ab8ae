using IotGateway.Cloud.Observations;
using IotGateway.Telemetry;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Observations;

public sealed class LiteObservationsTests : ObservationsTests, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<LiteObservations> _open = [];

    protected override int Histories => 30;

    public void Dispose()
    {
        _open.ForEach(s => s.Dispose());
        _folder.Dispose();
    }

    internal override Task<IObservations> Open()
    {
        _open.Add(new LiteObservations(_folder.File($"{Guid.NewGuid():N}.db")));
        return Task.FromResult<IObservations>(_open[^1]);
    }

    [Fact]
    public void AllBatchesOfAGroupAreStoredOrNone()
    {
        using var folder = new TempFolder();
        using var store = new LiteObservations(folder.File("hot.db"));
        var good = new Batch("gw", "s", 1, 1, Noon, "", [], [Reading(0, 1)]);
        var impossible = new Batch("gw", "s", 3, 2, Noon, "", [], [Reading(1, 1)]);

        Assert.ThrowsAny<Exception>(() => store.Store([good, impossible]));

        Assert.Equal(0, store.Count);
        Assert.Empty(store.Streams());
        Assert.Equal(1, store.Store(good).Stored);
    }

    [Theory]
    [InlineData(65536 + 512)]
    [InlineData(-1)]
    public void QualityBeyondSixteenBitsKeepsTheStoreWhole(int quality)
    {
        using var folder = new TempFolder();
        using var store = new LiteObservations(folder.File("hot.db"));

        store.Store(new Batch("gw", "s", 1, 1, Noon, "", [], [Reading(0, 35) with { Quality = (Quality)quality }]));

        store.Verify();
        Assert.Equal((Quality)(quality & 0xffff), Assert.Single(store.Latest(DeviceId.Parse("a1"))).Latest.Quality);
    }
}
