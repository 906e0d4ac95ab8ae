namespace IotGateway.Architecture.Tests.Reading;

/// <summary>
/// Rooms of one assembly and the arrows between them. A row names a room, which is a namespace below the assembly's root with all below it
/// (unless one of those has a row of its own), and the namespaces of other rooms that it uses, each exactly. Within itself a room is free.
/// </summary>
/// <param name="Assembly">Name of the assembly, which is its root namespace.</param>
/// <param name="Composition">
/// Types of a program's root beside Program: they may use all rooms and no room uses them. None for a library, whose root is a room.
/// </param>
/// <param name="Arrows">Rows of the table.</param>
internal sealed record Rooms(string Assembly, string[]? Composition, Dictionary<string, string[]> Arrows)
{
    /// <summary>The row that governs a namespace: the longest that is it or lies above it.</summary>
    public string? RowOf(string space) =>
        Arrows.Keys.Where(row => space == row || space.StartsWith(row + ".", StringComparison.Ordinal)).MaxBy(r => r.Length);

    /// <summary>The room, at the top level, that a namespace belongs to.</summary>
    public static string RoomOf(string space) => space.Split('.')[0];
}
