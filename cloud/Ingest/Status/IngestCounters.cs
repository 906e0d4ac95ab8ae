using System.Collections.Concurrent;
using IotGateway.Cloud.Observations;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire.Records;

namespace IotGateway.Cloud.Ingest.Status;

/// <summary>Counters of what came in since the start, in all and a gateway.</summary>
internal sealed class IngestCounters(GatewayRegistry gateways)
{
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _refused = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _connectionsRefused = new(StringComparer.Ordinal);

    /// <summary>Counts by name: batches, readings, stored, duplicates, conflicts.</summary>
    public IReadOnlyDictionary<string, long> Counts => Copy(_counts);

    /// <summary>Messages and subscriptions refused, by reason.</summary>
    public IReadOnlyDictionary<string, long> RefusedByReason => Copy(_refused);

    /// <summary>Connections refused, by reason.</summary>
    public IReadOnlyDictionary<string, long> ConnectionsRefusedByReason => Copy(_connectionsRefused);

    public void Stored(string gateway, int batches, int readings, StoreResult result)
    {
        (string, long)[] counts =
            [
                ("batches", batches), ("readings", readings), ("stored", result.Stored), ("duplicates", result.Duplicates),
                ("conflicts", result.Conflicts),
            ];
        foreach (var (name, n) in counts)
            Add(_counts, name, n);
        gateways.Count(gateway, counts);
        SetAside(gateway, "beyond_bounds", result.SetAside);
    }

    /// <summary>Counts records that are no readings, as <c>records_text</c> and so on.</summary>
    public void KeptOut(string gateway, OtherRecords others)
    {
        foreach (var (kind, n) in others.ByKind())
        {
            Add(_counts, $"records_{kind}", n);
            gateways.Count(gateway, ($"records_{kind}", n));
        }
    }

    public void Refused(string gateway, string reason)
    {
        Add(_refused, reason, 1);

        // A claim's name is no gateway's.
        if (GatewayId.IsValid(gateway))
            gateways.Count(gateway, ($"refused_{reason}", 1));
    }

    /// <summary>
    /// Counts readings that were acknowledged and cannot be used: they stay in the record, and in no store made from it.
    /// </summary>
    public void SetAside(string gateway, string reason, long readings)
    {
        if (readings == 0)
            return;
        Add(_counts, $"set_aside_{reason}", readings);
        gateways.Count(gateway, ($"set_aside_{reason}", readings));
    }

    public void ConnectionRefused(string reason) => Add(_connectionsRefused, reason, 1);

    private static void Add(ConcurrentDictionary<string, long> counts, string name, long n) =>
        counts.AddOrUpdate(name, n, (_, old) => old + n);

    private static SortedDictionary<string, long> Copy(ConcurrentDictionary<string, long> counts) => new(counts, StringComparer.Ordinal);
}
