using System.Collections.Concurrent;
using System.Collections.Immutable;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Cloud.Ingest.Status;

/// <summary>Knowledge of one gateway since the cloud's own start.</summary>
/// <param name="Name">The gateway's name.</param>
/// <param name="Connected">Whether it is connected now.</param>
/// <param name="LastSeen">When its last message came; null when none did.</param>
/// <param name="Stream">The stream of its last batch; null before one.</param>
/// <param name="Contiguous">The highest sequence of that stream below which nothing is missing.</param>
/// <param name="Stored">The ranges of that stream that are stored; at most the last hundred.</param>
/// <param name="Missing">Ranges that are missing between stored ones; at most the first hundred. What lies below the first is not known to
/// have been.</param>
/// <param name="Gaps">Losses that the gateway told of, newest last; at most the last hundred.</param>
/// <param name="Counters">Batches, readings, duplicates and refusals by reason.</param>
/// <param name="Status">What it last said of itself; null before it did.</param>
internal sealed record GatewayView(
    string Name,
    bool Connected,
    DateTimeOffset? LastSeen,
    string? Stream,
    long Contiguous,
    IReadOnlyList<SequenceRange> Stored,
    IReadOnlyList<SequenceRange> Missing,
    IReadOnlyList<Gap> Gaps,
    IReadOnlyDictionary<string, long> Counters,
    GatewayStatus? Status)
{
    /// <summary>True where its certificate was withdrawn and it has no other.</summary>
    public bool Revoked { get; init; }
}

/// <summary>The gateways that are enrolled or were ever heard of, by name.</summary>
internal sealed class GatewayRegistry
{
    private const int MaxListed = 100;

    private readonly ConcurrentDictionary<string, GatewayView> _views = new(StringComparer.Ordinal);

    public IReadOnlyList<GatewayView> All() => [.. _views.Values.OrderBy(v => v.Name, StringComparer.Ordinal)];

    public GatewayView? Find(string name) => _views.GetValueOrDefault(name);

    /// <summary>Replaces a gateway's view by what <paramref name="change"/> makes of it; it may be called more than once.</summary>
    public void Update(string name, Func<GatewayView, GatewayView> change) =>
        _views.AddOrUpdate(name, _ => change(Empty(name)), (_, view) => change(view));

    /// <summary>Adds to a gateway's counters.</summary>
    public void Count(string name, params (string Name, long N)[] counts) => Update(name, view =>
    {
        var counters = (ImmutableSortedDictionary<string, long>)view.Counters;
        foreach (var (counter, n) in counts)
            counters = counters.SetItem(counter, counters.GetValueOrDefault(counter) + n);
        return view with { Counters = counters };
    });

    /// <summary>Notes which sequences of a gateway's stream are stored, and what losses it told of.</summary>
    public void Stored(string name, string stream, SequenceSet stored, IReadOnlyList<Gap> gaps)
    {
        var contiguous = stored.Contiguous;
        SequenceRange[] ranges = [.. stored.Ranges.TakeLast(MaxListed)];
        var missing = Missing(stored);
        Update(name, view => view with
        {
            Stream = stream,
            Contiguous = contiguous,
            Stored = ranges,
            Missing = missing,
            Gaps = gaps.Count == 0 ? view.Gaps : [.. view.Gaps.Concat(gaps).Distinct().TakeLast(MaxListed)],
        });
    }

    /// <summary>A stream that was salvaged begins where it was, not at 1: only what lies between stored ranges is missing.</summary>
    private static SequenceRange[] Missing(SequenceSet stored) =>
        [
            .. stored.Ranges
                .Zip(stored.Ranges.Skip(1), (before, after) => new SequenceRange(before.Last + 1, after.First - 1))
                .Take(MaxListed),
        ];

    private static GatewayView Empty(string name) =>
        new(name, false, null, null, 0, [], [], [], ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal), null);
}
