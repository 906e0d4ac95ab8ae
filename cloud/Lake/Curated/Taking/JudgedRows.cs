using IotGateway.Cloud.Lake.Curated.Partitions;
using IotGateway.Cloud.Lake.Curated.Tables;

namespace IotGateway.Cloud.Lake.Curated.Taking;

/// <summary>
/// Readings that come to a partition, judged gateway by gateway: new ones, and those held that are read again because they were not judged
/// yet or are free now. As many as go in one; the rest waits.
/// </summary>
/// <param name="before">The version that stands.</param>
/// <param name="again">Reads what is held.</param>
/// <param name="limit">The share of flagged values above which a gateway's are held.</param>
internal sealed class JudgedRows(Manifest before, RawRowReader again, double limit)
{
    private readonly HashSet<string> _known = before.Sources.ToHashSet(StringComparer.Ordinal);
    private readonly List<string> _waiting = [];
    private readonly HashSet<string> _empty = new(StringComparer.Ordinal);
    private PartitionRows? _fresh;
    private bool _released;

    public GatewayFigures Figures { get; } = new(before, limit);

    /// <summary>The sources taken.</summary>
    public HashSet<string> Taken { get; private set; } = [];

    /// <summary>All sources that are not in the version that stands.</summary>
    public IEnumerable<string> All => Taken.Union(_waiting, StringComparer.Ordinal).Union(Figures.Held, StringComparer.Ordinal);

    /// <summary>A source whose object is no longer in the raw lake; null when all are there.</summary>
    public string? Gone { get; private set; }

    /// <summary>True when the version that stands is not the last word.</summary>
    public bool Changes => Taken.Count > 0 || _released || !Figures.Held.ToHashSet(StringComparer.Ordinal).SetEquals(
        (before.Gateways ?? []).SelectMany(g => g.Held?.Sources ?? []));

    public async Task TakeAsync(PartitionRows? rows, CancellationToken cancellation)
    {
        _fresh = rows;
        var held = (before.Held?.Sources ?? []).ToHashSet(StringComparer.Ordinal);
        var beside = 0;
        foreach (var (source, readings, flagged) in rows?.Figures ?? [])
        {
            if (_known.Contains(source) || _known.Contains(RawSource.KeyOf(source)) || held.Contains(source))
                continue;
            Figures.Add(RawSource.GatewayOf(source), source, readings, flagged);
            beside += readings;
        }

        await ReadAsync(before.Unread, beside, cancellation);
        var released = Figures.Release();
        _released = released.Count > 0;
        await ReadAsync(released, beside, cancellation);
        Taken = Figures.Settle();
        Taken.UnionWith(_empty);
    }

    /// <summary>Adds the readings that are taken.</summary>
    public void CopyTo(RowBuffer to)
    {
        _fresh?.CopyTo(to, Taken);
        if (again.Partitions.TryGetValue(before.Partition, out var rows))
            rows.CopyTo(to, Taken);
    }

    /// <summary>The hold of the version to come; null when nothing waits.</summary>
    public Hold? Hold(DateTimeOffset now)
    {
        string[] flagged = [.. Figures.Held];
        string[] all = [.. flagged.Union(_waiting, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (all.Length == 0)
            return null;
        var (reason, detail) = _waiting.Count > 0 && before.Held is { } b
            ? (b.Reason, b.Detail)
            : (QualityCheck.FlaggedShare, Figures.Detail());
        return new Hold(reason, detail, before.Held?.Since ?? now, all);
    }

    private async Task ReadAsync(IEnumerable<string> sources, int beside, CancellationToken cancellation)
    {
        foreach (var source in sources.ToList())
        {
            if (again.Rows + beside >= RawRowReader.MaxRows)
            {
                _waiting.Add(source);
                continue;
            }

            var there = again.Rows;
            if (!await again.TakeAsync(source, before.Partition, cancellation))
                Gone = source;
            if (again.Rows == there)
                _empty.Add(source);
            else if (again.Partitions[before.Partition].Last is var (_, readings, flagged))
                Figures.Add(RawSource.GatewayOf(source), source, readings, flagged);
        }
    }
}
