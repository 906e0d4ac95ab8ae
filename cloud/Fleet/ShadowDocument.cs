using System.Text.Json.Nodes;

namespace IotGateway.Cloud.Fleet;

/// <summary>
/// A shadow: what is desired of a gateway and what it reports, each value with the second it was set at. Never changed once made.
/// </summary>
/// <param name="Version">Raised by one with each change; 0 before the first.</param>
/// <param name="Timestamp">Unix seconds of the last change.</param>
internal sealed record ShadowDocument(
    long Version, long Timestamp, JsonObject Desired, JsonObject Reported, JsonObject DesiredMetadata, JsonObject ReportedMetadata)
{
    public static readonly ShadowDocument Empty = new(0, 0, [], [], [], []);

    /// <summary>Part of the desired state that is not reported as it is desired.</summary>
    public JsonObject Delta => Difference(Desired, Reported);

    /// <summary>The document with the patches merged in: a null takes a value away, an object is merged, all else replaces.</summary>
    /// <param name="desired">Null leaves the part as it is.</param>
    /// <param name="reported">The same.</param>
    public ShadowDocument With(JsonObject? desired, JsonObject? reported, long now)
    {
        var next = this with
        {
            Version = Version + 1,
            Timestamp = now,
            Desired = Copy(Desired),
            Reported = Copy(Reported),
            DesiredMetadata = Copy(DesiredMetadata),
            ReportedMetadata = Copy(ReportedMetadata),
        };
        Merge(next.Desired, next.DesiredMetadata, desired, now);
        Merge(next.Reported, next.ReportedMetadata, reported, now);
        return next;
    }

    /// <summary>The metadata of those values of a part that <paramref name="like"/> holds too.</summary>
    public static JsonObject Only(JsonObject metadata, JsonObject like)
    {
        var some = new JsonObject();
        foreach (var (name, value) in like)
        {
            if (metadata[name] is JsonObject known)
                some[name] = value is JsonObject inner ? Only(known, inner) : known.DeepClone();
        }

        return some;
    }

    private static void Merge(JsonObject target, JsonObject metadata, JsonObject? patch, long now)
    {
        foreach (var (name, value) in patch ?? [])
        {
            if (value is null)
            {
                target.Remove(name);
                metadata.Remove(name);
            }
            else if (value is JsonObject inner)
            {
                if (target[name] is not JsonObject below || metadata[name] is not JsonObject about)
                    (target[name], metadata[name]) = (below, about) = (new JsonObject(), new JsonObject());
                Merge(below, about, inner, now);
            }
            else
            {
                target[name] = value.DeepClone();
                metadata[name] = new JsonObject { ["timestamp"] = now };
            }
        }
    }

    private static JsonObject Difference(JsonObject desired, JsonObject reported)
    {
        var delta = new JsonObject();
        foreach (var (name, value) in desired)
        {
            var told = reported[name];
            if (value is JsonObject inner && told is JsonObject below)
            {
                if (Difference(inner, below) is { Count: > 0 } deeper)
                    delta[name] = deeper;
            }
            else if (!JsonNode.DeepEquals(value, told))
            {
                delta[name] = value?.DeepClone();
            }
        }

        return delta;
    }

    private static JsonObject Copy(JsonObject source) => (JsonObject)source.DeepClone();
}
