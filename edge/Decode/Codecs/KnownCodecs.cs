using IotGateway.Edge.Decode.Codecs.HiveNode;

namespace IotGateway.Edge.Decode.Codecs;

/// <summary>List of the codecs; a new one is a folder beside this file and a line in it.</summary>
internal static class KnownCodecs
{
    public static IReadOnlyList<Codec> All { get; } =
    [
        HiveNodeCodec.Codec,
    ];

    /// <summary>The codec of that name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Codec Named(string name) => All.FirstOrDefault(c => c.Name == name)
        ?? throw new ArgumentException($"A codec is '{name}'; expected one of {string.Join(", ", All.Select(c => c.Name))}.", nameof(name));
}
