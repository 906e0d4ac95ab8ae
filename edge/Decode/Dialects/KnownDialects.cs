using IotGateway.Edge.Decode.Dialects.ChirpStackV4;

namespace IotGateway.Edge.Decode.Dialects;

/// <summary>List of the dialects; a new one is a folder beside this file and a line in it.</summary>
internal static class KnownDialects
{
    public static IReadOnlyList<Dialect> All { get; } =
    [
        ChirpStackV4Dialect.Dialect,
    ];

    /// <summary>The dialect of that name; null when there is none.</summary>
    public static Dialect? Find(string name) => All.FirstOrDefault(d => d.Name == name);
}
