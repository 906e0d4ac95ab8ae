using IotGateway.Telemetry.Wire;

namespace IotGateway.Cloud.Ingest.Broker;

/// <summary>Rules of what a gateway may publish and subscribe: its own topics and no others.</summary>
internal static class TopicRules
{
    private const int MaxFilterLength = 256;

    public static bool MaySubscribe(string gateway, string? filter) =>
        filter is { Length: <= MaxFilterLength } && filter.StartsWith($"cmd/{gateway}/", StringComparison.Ordinal);

    public static bool IsBatch(string gateway, string? topic) => string.Equals(topic, Topics.Batch(gateway), StringComparison.Ordinal);

    public static bool IsStatus(string gateway, string? topic) => string.Equals(topic, Topics.Status(gateway), StringComparison.Ordinal);
}
