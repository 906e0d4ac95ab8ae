namespace IotGateway.Cloud.Lake.Curated.Taking;

/// <summary>
/// Shares of a pass, one a gateway: what one sends is taken in turn with that of the others, and what is beyond its share waits for the
/// next pass, however much it is and over however many days it is spread.
/// </summary>
internal sealed class GatewayTurns
{
    /// <summary>Partitions that are published for one gateway alone: each costs files and syncs, however little is in it.</summary>
    private const int MaxPartitions = 64;

    private readonly Dictionary<string, (long Readings, int Partitions)> _spent = new(StringComparer.Ordinal);

    /// <summary>True when a gateway has had its share.</summary>
    public bool IsSpent(string gateway) => _spent.GetValueOrDefault(gateway).Readings >= RawRowReader.MaxRows || Left(gateway) <= 0;

    /// <summary>Partitions that may still be touched for a gateway.</summary>
    public int Left(string gateway) => MaxPartitions - _spent.GetValueOrDefault(gateway).Partitions;

    /// <summary>Notes what was done for a gateway.</summary>
    public void Spend(string gateway, int readings, int partitions)
    {
        var spent = _spent.GetValueOrDefault(gateway);
        _spent[gateway] = (spent.Readings + readings, spent.Partitions + partitions);
    }
}
