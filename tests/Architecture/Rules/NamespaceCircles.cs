using IotGateway.Architecture.Tests.Reading;
using Mono.Cecil;

namespace IotGateway.Architecture.Tests.Rules;

/// <summary>Namespaces of one assembly that reach each other, so that none of them can be understood or moved without the others.</summary>
internal static class NamespaceCircles
{
    public static IEnumerable<Violation> Find(Checkout checkout) => checkout.Modules.SelectMany(Find);

    private static IEnumerable<Violation> Find(ModuleDefinition module)
    {
        var graph = new NamespaceGraph(module);
        var reached = graph.Nodes.ToDictionary(n => n, n => Reached(graph, n));
        var left = graph.Nodes.Where(n => reached[n].Contains(n)).ToList();
        while (left.Count > 0)
        {
            var circle = left.Where(n => reached[left[0]].Contains(n) && reached[n].Contains(left[0])).ToList();
            left.RemoveAll(circle.Contains);
            var name = $"{graph.Root}: {string.Join(", ", circle.Select(Shown))}";
            yield return new(name, name, $"a circle of {circle.Count} namespaces{Edges(graph, circle)}");
        }
    }

    private static HashSet<string> Reached(NamespaceGraph graph, string from)
    {
        var reached = new HashSet<string>();
        var next = new Queue<string>([from]);
        while (next.TryDequeue(out var at))
        {
            foreach (var (edge, _) in graph.Edges.Where(e => e.Key.From == at))
            {
                if (reached.Add(edge.To))
                    next.Enqueue(edge.To);
            }
        }

        return reached;
    }

    /// <summary>The circle's edges, those of the fewest uses first: one of them is what to cut.</summary>
    private static string Edges(NamespaceGraph graph, List<string> circle) => string.Concat(graph.Edges
        .Where(e => circle.Contains(e.Key.From) && circle.Contains(e.Key.To)).OrderBy(e => e.Value.Count)
        .Select(e => $"\n    {Shown(e.Key.From)} → {Shown(e.Key.To)} ({e.Value.Count}): {e.Value[0]}"));

    private static string Shown(string node) => node.Length == 0 ? "(root)" : node;
}
