using System.Text;
using System.Text.Json.Nodes;
using IotGateway.Cloud.Ingest.Broker;
using IotGateway.Cloud.Ingest.Status;
using IotGateway.Telemetry.Fleet;

namespace IotGateway.Cloud.Fleet;

/// <summary>A gateway's requests about its own shadow, answered as AWS IoT Core answers them.</summary>
internal sealed class ShadowTopics(Shadows shadows, TimeProvider time, Refusals refusals) : IRequestTopics
{
    private const int NotFound = 404;

    public bool MaySubscribe(Caller caller, string filter)
    {
        string get = FleetTopics.ShadowGet(caller.Name), update = FleetTopics.ShadowUpdate(caller.Name);
        return caller.IsGateway
            && (filter == FleetTopics.Accepted(get) || filter == FleetTopics.Rejected(get) || filter == FleetTopics.Accepted(update)
                || filter == FleetTopics.Rejected(update) || filter == FleetTopics.ShadowDelta(caller.Name));
    }

    public IReadOnlyList<Reply>? Answer(Caller caller, string topic, ReadOnlyMemory<byte> payload)
    {
        var isGet = topic == FleetTopics.ShadowGet(caller.Name);
        if (!caller.IsGateway || !(isGet || topic == FleetTopics.ShadowUpdate(caller.Name)))
            return null;

        JsonObject? request = null;
        try
        {
            request = Parse(payload.Span);
            return isGet ? Get(caller.Name, request) : Update(caller.Name, request);
        }
        catch (ShadowRefusedException e)
        {
            if (e.Code != NotFound)
                refusals.Note(caller.Name, "shadow_request", e.Message);
            var rejected = new JsonObject
            {
                ["code"] = e.Code,
                ["message"] = e.Message,
                ["timestamp"] = time.GetUtcNow().ToUnixTimeSeconds(),
            };
            return [Reply(FleetTopics.Rejected(topic), rejected, request)];
        }
    }

    /// <summary>Message to a gateway of which more is desired; null when it reports all of it already.</summary>
    public static Reply? Delta(string gateway, ShadowDocument shadow)
    {
        if (shadow.Delta is not { Count: > 0 } delta)
            return null;
        return Reply(FleetTopics.ShadowDelta(gateway), new JsonObject
        {
            ["version"] = shadow.Version,
            ["timestamp"] = shadow.Timestamp,
            ["metadata"] = ShadowDocument.Only(shadow.DesiredMetadata, delta),
            ["state"] = delta,
        }, null);
    }

    private List<Reply> Get(string gateway, JsonObject request)
    {
        var shadow = shadows.Find(gateway) ?? throw new ShadowRefusedException(NotFound, "No shadow exists with name: 'config'");
        return [Reply(FleetTopics.Accepted(FleetTopics.ShadowGet(gateway)), Shadows.Describe(shadow), request)];
    }

    private List<Reply> Update(string gateway, JsonObject request)
    {
        if (request["state"] is not JsonObject state)
            throw new ShadowRefusedException(400, "Missing required node: state");
        var (desired, reported) = (Part(state, "desired"), Part(state, "reported"));
        long? version = request["version"] switch
        {
            null => null,
            JsonValue v when v.TryGetValue<long>(out var number) => number,
            _ => throw new ShadowRefusedException(400, "Version is not an integer"),
        };

        var shadow = shadows.Update(gateway, desired, reported, version);
        var metadata = new JsonObject();
        if (desired is not null)
            metadata["desired"] = ShadowDocument.Only(shadow.DesiredMetadata, desired);
        if (reported is not null)
            metadata["reported"] = ShadowDocument.Only(shadow.ReportedMetadata, reported);
        var accepted = new JsonObject
        {
            ["state"] = state.DeepClone(),
            ["metadata"] = metadata,
            ["version"] = shadow.Version,
            ["timestamp"] = shadow.Timestamp,
        };
        var replies = new List<Reply> { Reply(FleetTopics.Accepted(FleetTopics.ShadowUpdate(gateway)), accepted, request) };
        if (desired is not null && Delta(gateway, shadow) is { } delta)
            replies.Add(delta);
        return replies;
    }

    private static JsonObject? Part(JsonObject state, string name) => state[name] switch
    {
        null => null,
        JsonObject part => part,
        _ => throw new ShadowRefusedException(400, $"State node '{name}' must be an object"),
    };

    private static JsonObject Parse(ReadOnlySpan<byte> payload)
    {
        if (payload.Length > FleetTopics.MaxShadowBytes)
            throw new ShadowRefusedException(413, $"The payload exceeds the maximum size allowed, {FleetTopics.MaxShadowBytes} bytes.");
        if (payload.IsEmpty)
            return [];
        return ShadowJson.Read(payload, out var problem) ?? throw new ShadowRefusedException(400, $"Invalid JSON: {problem}");
    }

    private static Reply Reply(string topic, JsonObject answer, JsonObject? request)
    {
        if (request?["clientToken"] is JsonValue token && token.TryGetValue<string>(out var text) && text.Length <= 64)
            answer["clientToken"] = text;
        return new Reply(topic, Encoding.UTF8.GetBytes(answer.ToJsonString()));
    }
}
