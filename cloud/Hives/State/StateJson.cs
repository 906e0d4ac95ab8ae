using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using IotGateway.Cloud.Hives.State.Rule;

namespace IotGateway.Cloud.Hives.State;

/// <summary>Source-generated JSON of what is stored and answered.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HiveState))]
[JsonSerializable(typeof(BegunWords))]
[JsonSerializable(typeof(StatesAnswer))]
[JsonSerializable(typeof(EventsAt))]
[JsonSerializable(typeof(EventsAnswer))]
internal sealed partial class StateJson : JsonSerializerContext;

/// <summary>States of a hive as the API gives them; the method stands beside every state.</summary>
internal sealed record StatesAnswer(string Hive, string Method, string Note, IReadOnlyList<HiveState> States)
{
    /// <summary>One state with the method that made it, as it stands inside another answer.</summary>
    public static JsonNode Describe(HiveState state)
    {
        var node = JsonSerializer.SerializeToNode(state, StateJson.Default.HiveState)!.AsObject();
        node["method"] = HiveState.Method;
        node["note"] = HiveState.MethodNote;
        return node;
    }
}

/// <summary>
/// Events of a site's apiary as the API gives them: those that stand, and the changes of a range where one was asked for.
/// </summary>
internal sealed record EventsAnswer(
    string Site, string Method, string Note, IReadOnlyList<EventJson> Events, IReadOnlyList<EventsAt>? Changes);

/// <summary>All events that stood as of an hour; none where the last one ended.</summary>
internal sealed record EventsAt(DateTimeOffset AsOf, IReadOnlyList<EventJson> Events);

/// <summary>An event of an apiary; <paramref name="Hives"/> are ids, in the order in which they began.</summary>
internal sealed record EventJson(DateTimeOffset Since, DateTimeOffset Until, ColonyState State, IReadOnlyList<string> Hives, string Text)
{
    public static EventJson Of(ApiaryEvent e) => new(e.Since, e.Until, e.State, [.. e.Hives.Select(h => h.Id)], e.Text);
}
