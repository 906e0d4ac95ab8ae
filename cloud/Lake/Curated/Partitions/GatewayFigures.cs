namespace IotGateway.Cloud.Lake.Curated.Partitions;

/// <summary>
/// Figures of a partition by gateway while it is judged: what stands, what is held and what is new of each. One gateway's flagged values
/// hold back what that one sends, and nobody else's.
/// </summary>
internal sealed class GatewayFigures
{
    /// <summary>Gateways that a reason names; there may be many.</summary>
    private const int MostNamed = 5;

    private readonly SortedDictionary<string, Figures> _gateways = new(StringComparer.Ordinal);
    private readonly (long Readings, long Flagged) _unknown;
    private readonly double _limit;

    public GatewayFigures(Manifest before, double limit)
    {
        _limit = limit;

        // A version that does not tell its gateways apart speaks for each of them.
        _unknown = before.Gateways is null ? (before.Rows, before.Files.Sum(f => f.Flagged)) : default;
        foreach (var share in before.Gateways ?? [])
        {
            var of = Of(share.Gateway);
            (of.Readings, of.Flagged) = (share.Readings, share.Flagged);
            if (share.Held is { } held)
            {
                (of.HeldReadings, of.HeldFlagged) = (held.Readings, held.Flagged);
                of.Held.AddRange(held.Sources);
            }
        }
    }

    /// <summary>Counts readings of a source that are new.</summary>
    public void Add(string gateway, string source, long readings, long flagged)
    {
        var of = Of(gateway);
        of.New.Add(source);
        (of.NewReadings, of.NewFlagged) = (of.NewReadings + readings, of.NewFlagged + flagged);
    }

    /// <summary>Objection to what a gateway sends; null when there is none.</summary>
    public string? Objection(string gateway)
    {
        var of = Of(gateway);
        return QualityCheck.Objection(
            gateway, of.Readings + of.HeldReadings + of.NewReadings, of.Flagged + of.HeldFlagged + of.NewFlagged, _limit);
    }

    /// <summary>Lets go of what is held of gateways that are not objected to any more.</summary>
    /// <returns>Its sources, to be read.</returns>
    public IReadOnlyList<string> Release()
    {
        var released = new List<string>();
        foreach (var (gateway, of) in _gateways.Where(g => g.Value.Held.Count > 0))
        {
            if (Objection(gateway) is not null)
                continue;
            released.AddRange(of.Held);
            of.Held.Clear();
            (of.HeldReadings, of.HeldFlagged) = (0, 0);
        }

        return released;
    }

    /// <summary>Takes the new of gateways that are not objected to, and holds that of the others.</summary>
    /// <returns>The sources taken.</returns>
    public HashSet<string> Settle()
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (gateway, of) in _gateways.Where(g => g.Value.New.Count > 0))
        {
            if (Objection(gateway) is null)
            {
                taken.UnionWith(of.New);
                (of.Readings, of.Flagged) = (of.Readings + of.NewReadings, of.Flagged + of.NewFlagged);
            }
            else
            {
                of.Held.AddRange(of.New);
                (of.HeldReadings, of.HeldFlagged) = (of.HeldReadings + of.NewReadings, of.HeldFlagged + of.NewFlagged);
            }

            of.New.Clear();
            (of.NewReadings, of.NewFlagged) = (0, 0);
        }

        return taken;
    }

    /// <summary>All that is held.</summary>
    public IEnumerable<string> Held => _gateways.Values.SelectMany(g => g.Held);

    /// <summary>The gateways of which something is held, in a sentence.</summary>
    public string Detail()
    {
        var held = _gateways.Where(g => g.Value.Held.Count > 0).ToList();
        var named = string.Join("; ", held.Take(MostNamed).Select(g => Objection(g.Key)).OfType<string>());
        return held.Count > MostNamed ? $"{named}; and {held.Count - MostNamed} more gateways" : named;
    }

    public IReadOnlyList<GatewayShare> Shares() =>
    [
        .. _gateways.Where(g => g.Value is not { Readings: 0, Held.Count: 0 }).Select(g => new GatewayShare(
            g.Key, g.Value.Readings, g.Value.Flagged,
            g.Value.Held.Count == 0 ? null : new HeldShare(g.Value.HeldReadings, g.Value.HeldFlagged, [.. g.Value.Held.Distinct()]))),
    ];

    private Figures Of(string gateway)
    {
        if (!_gateways.TryGetValue(gateway, out var of))
            _gateways.Add(gateway, of = new Figures { Readings = _unknown.Readings, Flagged = _unknown.Flagged });
        return of;
    }

    private sealed class Figures
    {
        public long Readings { get; set; }

        public long Flagged { get; set; }

        public long HeldReadings { get; set; }

        public long HeldFlagged { get; set; }

        public long NewReadings { get; set; }

        public long NewFlagged { get; set; }

        public List<string> Held { get; } = [];

        public List<string> New { get; } = [];
    }
}
