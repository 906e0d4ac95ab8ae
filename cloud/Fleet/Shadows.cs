using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using IotGateway.Storage.Files;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Fleet;

namespace IotGateway.Cloud.Fleet;

/// <summary>A change of a shadow that was not made, with AWS IoT Core's own code for it.</summary>
internal sealed class ShadowRefusedException(int code, string message) : Exception(message)
{
    public int Code => code;
}

/// <summary>
/// The shadow named <c>config</c> of each gateway: one file each, whole or absent after a power cut, written before a change is answered.
/// </summary>
internal sealed class Shadows(string folder, TimeProvider time)
{
    private const int MaxDepth = 8;

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, ShadowDocument> _known = new(StringComparer.Ordinal);

    /// <summary>A gateway's shadow; null when it has none.</summary>
    public ShadowDocument? Find(string gateway)
    {
        if (!GatewayId.IsValid(gateway))
            return null;
        var document = _known.GetOrAdd(gateway, Load);
        return document.Version > 0 ? document : null;
    }

    /// <summary>Merges a change in, durably.</summary>
    /// <param name="version">The version it was made for; null when it does not matter.</param>
    /// <exception cref="ShadowRefusedException">The version is another, or the state would be too large or too deep.</exception>
    public ShadowDocument Update(string gateway, JsonObject? desired, JsonObject? reported, long? version)
    {
        lock (_gate)
        {
            var old = Find(gateway) ?? ShadowDocument.Empty;
            if (version is { } expected && expected != old.Version)
                throw new ShadowRefusedException(409, $"Version conflict: the shadow's version is {old.Version}.");
            var next = old.With(desired, reported, time.GetUtcNow().ToUnixTimeSeconds());
            if (Math.Max(Depth(next.Desired), Depth(next.Reported)) > MaxDepth)
                throw new ShadowRefusedException(400, $"JSON contains too many levels of nesting; maximum is {MaxDepth}.");
            var state = new JsonObject { ["desired"] = next.Desired.DeepClone(), ["reported"] = next.Reported.DeepClone() };
            if (Encoding.UTF8.GetByteCount(state.ToJsonString()) > FleetTopics.MaxShadowBytes)
                throw new ShadowRefusedException(
                    413, $"The state would exceed the maximum size allowed, {FleetTopics.MaxShadowBytes} bytes.");

            DurableFile.CreateFolder(folder);
            DurableFile.Write(PathOf(gateway), Encoding.UTF8.GetBytes(Describe(next).ToJsonString()));
            _known[gateway] = next;
            return next;
        }
    }

    /// <summary>The shadow as <c>get</c> answers it, and as it lies on disk.</summary>
    public static JsonObject Describe(ShadowDocument shadow)
    {
        var state = new JsonObject { ["desired"] = shadow.Desired.DeepClone(), ["reported"] = shadow.Reported.DeepClone() };
        if (shadow.Delta is { Count: > 0 } delta)
            state["delta"] = delta;
        return new JsonObject
        {
            ["state"] = state,
            ["metadata"] = new JsonObject
            {
                ["desired"] = shadow.DesiredMetadata.DeepClone(),
                ["reported"] = shadow.ReportedMetadata.DeepClone(),
            },
            ["version"] = shadow.Version,
            ["timestamp"] = shadow.Timestamp,
        };
    }

    private ShadowDocument Load(string gateway)
    {
        if (!File.Exists(PathOf(gateway)))
            return ShadowDocument.Empty;
        try
        {
            var kept = JsonNode.Parse(File.ReadAllText(PathOf(gateway)))!;
            return new ShadowDocument(
                (long)kept["version"]!, (long)kept["timestamp"]!, Part("state", "desired"), Part("state", "reported"),
                Part("metadata", "desired"), Part("metadata", "reported"));

            JsonObject Part(string which, string name) => (JsonObject)kept[which]![name]!.DeepClone();
        }
        catch (Exception e)
            when (e is JsonException or NullReferenceException or InvalidOperationException or InvalidCastException or FormatException)
        {
            throw new InvalidDataException($"The shadow in {PathOf(gateway)} cannot be read: {e.Message}", e);
        }
    }

    private string PathOf(string gateway) => Path.Combine(folder, $"{gateway}.json");

    private static int Depth(JsonNode? node) => node switch
    {
        JsonObject o => 1 + o.Select(p => Depth(p.Value)).DefaultIfEmpty().Max(),
        JsonArray a => 1 + a.Select(Depth).DefaultIfEmpty().Max(),
        _ => 0,
    };
}
