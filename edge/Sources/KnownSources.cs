using IotGateway.Edge.Sources.Contract;
using IotGateway.Edge.Sources.Mqtt;

namespace IotGateway.Edge.Sources;

/// <summary>List of the kinds of sources; a new one is a folder beside this file and a line in it.</summary>
internal static class KnownSources
{
    public static IReadOnlyList<SourceKind> All { get; } =
    [
        MqttKind.Kind,
    ];

    /// <summary>The kind where the configuration names none.</summary>
    public static SourceKind Default => All[0];

    /// <summary>The kind of that name; null when there is none.</summary>
    public static SourceKind? Find(string name) => All.FirstOrDefault(k => k.Name == name);
}
