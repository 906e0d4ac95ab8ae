using IotGateway.Cloud.Data;
using IotGateway.Cloud.Lake.Curated;
using IotGateway.Cloud.Lake.Curated.Merging;
using IotGateway.Cloud.Lake.Curated.Partitions;
using IotGateway.Cloud.Lake.Curated.Taking;
using IotGateway.Cloud.Lake.Raw;
using IotGateway.Cloud.Objects;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Tests.Sites;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Lake;

/// <summary>A lake to try things on: raw objects go in, passes run, and what is published is read.</summary>
internal sealed class CuratedBench : IDisposable
{
    private readonly List<Publisher> _publishers = [];
    private readonly TempFolder _beside = new();
    private long _next = 1;

    public CuratedBench(IObjectStore? store = null) => Store = store ?? new MemoryObjects();

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static CuratedQuery Everything { get; } = new(DateOnly.MinValue, DateOnly.MaxValue);

    public IObjectStore Store { get; }

    public MemoryObjects Memory => (MemoryObjects)Store;

    /// <summary>Begins at noon of the day of <see cref="Noon"/>, an hour and a half later.</summary>
    public FakeTimeProvider Time { get; init; } = new(Noon.AddMinutes(90));

    public CuratedOptions Options { get; } = new();

    /// <summary>Folder of what lies beside the lake.</summary>
    public DataFolder Beside => new(_beside.Path);

    public RawLedger Ledger => new(Beside.RawLedger);

    public LakeFaults Faults => new(Beside, Time, NullLogger<LakeFaults>.Instance);

    public CuratedReader Reader => new(Store);

    public RawObjects Raw => new(Store);

    public Publisher Publisher()
    {
        var publisher = new Publisher(Store, Apiary.From(Some.Apiary()), Options, Time);
        _publishers.Add(publisher);
        return publisher;
    }

    public Transform Transform() => new(
        Store, Publisher(), () => new RawRowReader(new RawObjects(Store), Apiary.From(Some.Apiary()), Time), Options, Time);

    /// <summary>Puts one raw object with one batch.</summary>
    /// <returns>Its key.</returns>
    public Task<string> PutAsync(DateTimeOffset received, params Reading[] readings) => PutFromAsync("hill", received, readings);

    /// <summary>Puts one raw object of a gateway, a batch for each of some arrays of readings.</summary>
    /// <returns>Its key.</returns>
    public async Task<string> PutFromAsync(string gateway, DateTimeOffset received, params Reading[][] batches)
    {
        var first = _next;
        var written = new List<RawBatch>();
        foreach (var readings in batches)
        {
            var range = new SequenceRange(_next, _next += readings.Length - 1);
            _next++;
            var bytes = Encode(gateway, "s1", range.First, readings);
            written.Add(new RawBatch(gateway, "s1", range, received.AddTicks(10 * written.Count), bytes));
        }

        await Raw.PutAsync(written, Stop);
        string? last = null;
        await foreach (var found in Store.ListAsync(RawObjects.Prefix, Stop))
            last = found.Key.Contains($"/{first:D12}-", StringComparison.Ordinal) ? found.Key : last;
        return last!;
    }

    public async Task<PassResult> PassAsync() => await Transform().PassAsync(Stop);

    public async Task<List<CuratedReading>> RowsAsync(CuratedQuery? query = null)
    {
        var rows = new List<CuratedReading>();
        await foreach (var row in Reader.ReadAsync(query ?? Everything, verify: true, Stop))
            rows.Add(row);
        return rows;
    }

    public async Task<List<Manifest>> ManifestsAsync()
    {
        var manifests = new List<Manifest>();
        await foreach (var manifest in Reader.PartitionsAsync(Everything, Stop))
            manifests.Add(manifest);
        return manifests;
    }

    public void Dispose()
    {
        _publishers.ForEach(p => p.Dispose());
        _beside.Dispose();
    }
}
