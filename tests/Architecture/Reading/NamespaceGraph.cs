using Mono.Cecil;

namespace IotGateway.Architecture.Tests.Reading;

/// <summary>Use of one type by another across a namespace's border.</summary>
internal sealed record Crossing(TypeDefinition User, TypeDefinition Used)
{
    public override string ToString() => $"{User.FullName} → {Used.FullName} ({Where.Of(User)})";
}

/// <summary>
/// Graph of an assembly's namespaces, each edge with the uses it is made of. A generated type counts for the type that it is nested in;
/// one that stands alone outside the assembly's root namespace is the generators' and counts for none. A static class called …Room, which
/// registers a room's parts, is a node of its own: it may use all that lies below its namespace, as long as nothing there uses it.
/// </summary>
internal sealed class NamespaceGraph
{
    private readonly Dictionary<(string From, string To), List<Crossing>> _edges = [];

    public NamespaceGraph(ModuleDefinition module)
    {
        Root = module.Assembly.Name.Name;
        var types = module.GetTypes().Where(t => Node(t) is not null).ToList();
        Types = [.. types.Select(Compiled.Outermost).Distinct()];
        foreach (var type in types)
            AddUses(type, module);
    }

    public string Root { get; }

    /// <summary>Types that stand in no other.</summary>
    public IReadOnlyList<TypeDefinition> Types { get; }

    public IReadOnlyDictionary<(string From, string To), List<Crossing>> Edges => _edges;

    /// <summary>Names of the nodes, the root's empty, in order.</summary>
    public IEnumerable<string> Nodes => Types.Select(t => Node(t)!).Distinct().Order(StringComparer.Ordinal);

    /// <summary>A type's node: its namespace below the root, empty for the root; none for types that generators put elsewhere.</summary>
    public string? Node(TypeDefinition type)
    {
        var outer = Compiled.Outermost(type);
        if (outer.Namespace == Root || (outer.Namespace.Length == 0 && outer.Name == "Program"))
            return "";
        if (!outer.Namespace.StartsWith(Root + ".", StringComparison.Ordinal))
            return null;
        var below = outer.Namespace[(Root.Length + 1)..];
        return IsRoom(outer) ? $"{below}.{outer.Name}" : below;
    }

    private static bool IsRoom(TypeDefinition type) =>
        type is { IsAbstract: true, IsSealed: true } && type.Name.EndsWith("Room", StringComparison.Ordinal);

    private void AddUses(TypeDefinition type, ModuleDefinition module)
    {
        foreach (var used in Uses.Of(type).Where(u => u.Module == module))
        {
            if (Node(type) is not { } from || Node(used) is not { } to || from == to)
                continue;
            if (!_edges.TryGetValue((from, to), out var crossings))
                _edges.Add((from, to), crossings = []);
            var crossing = new Crossing(Compiled.Outermost(type), Compiled.Outermost(used));
            if (!crossings.Contains(crossing))
                crossings.Add(crossing);
        }
    }
}
