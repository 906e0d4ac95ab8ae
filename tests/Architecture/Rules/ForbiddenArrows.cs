using IotGateway.Architecture.Tests.Reading;
using Mono.Cecil;

namespace IotGateway.Architecture.Tests.Rules;

/// <summary>Differences of an assembly from its table: unknown rooms, forbidden and stale arrows, strangers in the root.</summary>
internal sealed class ForbiddenArrows
{
    private readonly NamespaceGraph _graph;
    private readonly Rooms _rooms;

    private ForbiddenArrows(ModuleDefinition module, Rooms rooms)
    {
        _graph = new(module);
        _rooms = rooms;
    }

    public static IEnumerable<Violation> Find(ModuleDefinition module, Rooms rooms)
    {
        var found = new ForbiddenArrows(module, rooms);
        return [.. found.UnknownRooms(), .. found.Forbidden(), .. found.StaleRows(), .. found.StaleArrows(), .. found.StrangersInTheRoot()];
    }

    private bool IsProgram => _rooms.Composition is not null;

    private IEnumerable<Violation> UnknownRooms() => _graph.Nodes.Where(n => _rooms.RowOf(n) is null && (n.Length > 0 || !IsProgram))
        .Select(n => Violation(Shown(n), "a room without a row in the table"));

    private IEnumerable<Violation> Forbidden() => Crossings().Where(e => !IsAllowed(e.Key.From, e.Key.To))
        .Select(e => Violation($"{Shown(e.Key.From)} → {Shown(e.Key.To)}",
            $"an arrow that is not in the table{string.Concat(e.Value.Select(c => $"\n    {c}"))}"));

    private bool IsAllowed(string from, string to) =>
        _rooms.RowOf(from) is { } row && _rooms.Arrows[row].Contains(to) && !(IsProgram && to.Length == 0);

    private IEnumerable<Violation> StaleRows() => _rooms.Arrows.Keys.Where(row => _graph.Nodes.All(n => _rooms.RowOf(n) != row))
        .Select(row => Violation(Shown(row), "a row whose room does not exist"));

    private IEnumerable<Violation> StaleArrows() => from row in _rooms.Arrows
                                                    from to in row.Value
                                                    where !Crossings().Any(e => e.Key.To == to && _rooms.RowOf(e.Key.From) == row.Key)
                                                    select Violation($"{Shown(row.Key)} → {Shown(to)}", "an arrow that nothing uses");

    private IEnumerable<Violation> StrangersInTheRoot()
    {
        if (!IsProgram)
            return [];
        var root = _graph.Types.Where(t => _graph.Node(t)!.Length == 0 && t.Name is not ("Program" or "_Imports"))
            .Where(t => !Compiled.IsGenerated(t, t.Name)).ToList();
        var strangers = root.Where(t => !_rooms.Composition!.Contains(t.Name));
        var missing = _rooms.Composition!.Where(c => root.TrueForAll(t => t.Name != c));
        return strangers.Select(t => new Violation(t.FullName, Where.Of(t), "a type in the root that is not composition"))
            .Concat(missing.Select(c => Violation(c, "composition that does not exist")));
    }

    /// <summary>Uses that leave a room; those of a program's composition aside.</summary>
    private IEnumerable<KeyValuePair<(string From, string To), List<Crossing>>> Crossings() => _graph.Edges
        .Where(e => Rooms.RoomOf(e.Key.From) != Rooms.RoomOf(e.Key.To) && !(IsProgram && e.Key.From.Length == 0));

    private Violation Violation(string name, string finding) => new($"{_rooms.Assembly}: {name}", $"{_rooms.Assembly}: {name}", finding);

    private static string Shown(string space) => space.Length == 0 ? "(root)" : space;
}
