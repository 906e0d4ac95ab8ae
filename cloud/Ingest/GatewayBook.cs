using IotGateway.Telemetry;

namespace IotGateway.Cloud.Ingest;

/// <summary>What the cloud knows of one gateway since its own start.</summary>
/// <param name="Name">The gateway's name.</param>
/// <param name="Connected">Whether it is connected now.</param>
/// <param name="LastSeen">When its last message came; null when none did.</param>
/// <param name="Stream">The stream of its last batch; null before one.</param>
/// <param name="Contiguous">The highest sequence of that stream below which nothing is missing.</param>
/// <param name="Missing">Ranges above it that are missing while later ones are stored.</param>
/// <param name="Gaps">Losses that the gateway told of, newest last.</param>
/// <param name="Counters">Batches, readings, duplicates and refusals by reason.</param>
/// <param name="Status">What it last said of itself; null before it did.</param>
internal sealed record GatewayView(
    string Name,
    bool Connected,
    DateTimeOffset? LastSeen,
    string? Stream,
    long Contiguous,
    IReadOnlyList<SequenceRange> Missing,
    IReadOnlyList<Gap> Gaps,
    IReadOnlyDictionary<string, long> Counters,
    GatewayStatus? Status);

/// <summary>The gateways that are enrolled or were ever heard of, by name.</summary>
internal sealed class GatewayBook
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, GatewayView> _views = new(StringComparer.Ordinal);

    public IReadOnlyList<GatewayView> All() => [.. _views.Values.OrderBy(v => v.Name, StringComparer.Ordinal)];

    public GatewayView? Find(string name) => _views.GetValueOrDefault(name);

    /// <summary>Replaces a gateway's view by what <paramref name="change"/> makes of it.</summary>
    public void Update(string name, Func<GatewayView, GatewayView> change) =>
        _views.AddOrUpdate(name, _ => change(Empty(name)), (_, view) => change(view));

    private static GatewayView Empty(string name) =>
        new(name, false, null, null, 0, [], [], new Dictionary<string, long>(StringComparer.Ordinal), null);
}
