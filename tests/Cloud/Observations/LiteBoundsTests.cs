using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Observations.Lite;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Observations;

/// <summary>A document holds so much, whoever sends it: what is beyond is set aside and counted, and the store goes on.</summary>
public sealed class LiteBoundsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private LiteObservations _store;
    private long _sequence;

    public LiteBoundsTests() => _store = new LiteObservations(_folder.File("hot.db"));

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void ADeviceHasSoManySeries()
    {
        var result = Store("thorn", [.. Enumerable.Range(0, 600).Select(i => Reading(0, 1, "d", $"m{i}"))]);

        Assert.Equal(new StoreResult(512, 0, 0, 88), result);
        Assert.Equal(new StoreResult(1, 0, 0, 1), Store("thorn", Reading(1, 1, "d", "m511"), Reading(1, 1, "d", "m512")));
        Reopen();
        Assert.Equal(512, _store.Latest(DeviceId.Parse("d")).Count);
    }

    [Fact]
    public void ASeriesHasSoManyValuesAnHour()
    {
        const int most = 16 * 1024;
        var result = Store("thorn", [.. Enumerable.Range(0, most + 10).Select(i => Reading(59 - (i / 1000.0), i))]);
        Assert.Equal(new StoreResult(most, 0, 0, 10), result);

        Reopen();
        Assert.Equal(new StoreResult(1, 2, 1, 1), Store(
            "thorn", Reading(59, 0), Reading(58.999, 1), Reading(58.998, 7), Reading(59.5, 1), Reading(61, 1)));
        Assert.Equal(most + 1, _store.Count);
    }

    [Fact]
    public void AFullHourTakesNoSeriesMore()
    {
        for (var n = 0; n < 9; n++)
            Store("thorn", [.. Enumerable.Range(0, 16_000).Select(i => Reading(59 - (i / 1000.0), i, "d", $"m{n}"))]);
        var full = Store("thorn", [.. Enumerable.Range(0, 400).Select(i => Reading(1, i, "d", $"n{i}"))]);

        Assert.Equal(new StoreResult(0, 0, 0, 400), full);
        Reopen();
        Assert.Equal(9, _store.Latest(DeviceId.Parse("d")).Count);
    }

    [Fact]
    public void OfAGatewaySoManyStreamsAreKnownAndOfAStreamSoManyRanges()
    {
        for (var i = 0; i < 100; i++)
            StoreBatch(new Batch("thorn", $"s{i}", 1, 1, Noon, "", [], []));
        for (var i = 0; i < 5000; i++)
            StoreBatch(new Batch("thorn", "s99", 10 + (2 * i), 10 + (2 * i), Noon, "", [], []));
        StoreBatch(new Batch("hill", "s0", 1, 1, Noon, "", [], []));

        Reopen();
        Assert.Equal(AppliedStream.MostStreams + 1, _store.Streams().Count);
        Assert.Equal("s36", _store.Streams()[0].Stream);
        var ranges = _store.Applied("thorn", "s99").Ranges;
        Assert.Equal(AppliedStream.MostRanges, ranges.Count);
        Assert.Equal(new SequenceRange(1, 1), ranges[0]);
        Assert.Equal(new SequenceRange(10_008, 10_008), ranges[^1]);
    }

    [Fact]
    public void AValueThatContradictsAnotherGatewaysIsKeptApart()
    {
        Store("hill", Reading(0, 34.5), Reading(1, 34.6));
        Assert.Equal(new StoreResult(0, 1, 1), Store("thorn", Reading(0, 99), Reading(1, 34.6)));
        Assert.Equal(new StoreResult(0, 0, 1), Store("hill", Reading(0, 34.7))); // of its own device: no contest

        Reopen();
        Assert.Equal([new Contest(DeviceId.Parse("a1"), Metrics.HiveTemperature, Noon, 34.5, 99)], _store.Contests("thorn"));
        Assert.Empty(_store.Contests("hill"));
        for (var i = 0; i < 300; i++)
            Store("thorn", Reading(0, 100 + i));
        Assert.Equal(100, _store.Contests("thorn").Count);
        Assert.Equal(399, _store.Contests("thorn")[^1].Told);
        _store.Erase(DeviceId.Parse("a1"));
        Reopen();
        Assert.Empty(_store.Contests("thorn"));
    }

    [Fact]
    public void ManySmallPartsAreWrittenOutInBetween()
    {
        for (var n = 0; n < 12; n++)
            Store("thorn", [.. Enumerable.Range(0, 2000).Select(i => Reading(0, 1, $"d{n}x{i}"))]);
        using var copy = new TempFolder();
        string before;
        do
        {
            // Of one moment, as a crash leaves them: none was written to while they were copied.
            before = Written();
            foreach (var file in Directory.EnumerateFiles(_folder.Path))
                File.Copy(file, copy.File(Path.GetFileName(file)), overwrite: true);
        }
        while (Written() != before);

        using var crashed = new LiteObservations(copy.File("hot.db"));
        Assert.InRange(crashed.Count, 24_000 - 16_384, 24_000);

        string Written() => string.Join(' ', Directory.GetFiles(_folder.Path).Select(f => File.GetLastWriteTimeUtc(f).Ticks));
    }

    private StoreResult Store(string gateway, params Reading[] readings) =>
        StoreBatch(new Batch(gateway, "s", ++_sequence, _sequence, Noon, "", [], readings));

    private StoreResult StoreBatch(Batch batch) => _store.Store([batch])[0];

    private void Reopen()
    {
        _store.Dispose();
        _store = new LiteObservations(_folder.File("hot.db"));
    }
}
