using IotGateway.FirmwareSim.NetworkServers;
using IotGateway.FirmwareSim.Nodes;

namespace IotGateway.FirmwareSim.Script;

/// <summary>All that happens in the field, in the order of time: a pure function of the sources and the settings.</summary>
internal sealed class FieldScript(IReadOnlyList<NodeSource> sources, FieldSettings settings, NetworkServerKind network)
{
    /// <summary>Frames that the nodes will send, lost ones among them.</summary>
    public int Frames { get; } = sources.Sum(s => s.Count);

    public IReadOnlyList<NodeSource> Sources => sources;

    public IEnumerable<Transmission> Transmissions()
    {
        var bad = new BadInputs(settings, network);
        foreach (var (node, measurement) in ByTime())
        {
            foreach (var transmission in node.Send(measurement))
                yield return transmission;

            if (bad.After(node.Source.Node, measurement) is { } injected)
                yield return injected;
        }
    }

    /// <summary>Nodes that measure in the same second take turns in the order of the sources.</summary>
    private IEnumerable<(VirtualNode Node, Measurement Measurement)> ByTime()
    {
        var next = new PriorityQueue<(VirtualNode Node, IEnumerator<Measurement> Ahead), (DateTimeOffset Time, int Order)>();
        var order = 0;
        foreach (var source in sources)
        {
            var ahead = source.Measurements.GetEnumerator();
            if (ahead.MoveNext())
                next.Enqueue((new VirtualNode(source, settings, network), ahead), (ahead.Current.Time, order));
            order++;
        }

        while (next.TryDequeue(out var item, out var at))
        {
            yield return (item.Node, item.Ahead.Current);
            if (item.Ahead.MoveNext())
                next.Enqueue(item, (item.Ahead.Current.Time, at.Order));
            else
                item.Ahead.Dispose();
        }
    }
}
