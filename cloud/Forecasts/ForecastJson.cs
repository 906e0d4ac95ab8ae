using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using IotGateway.Cloud.Forecasts.Rule;

namespace IotGateway.Cloud.Forecasts;

/// <summary>Source-generated JSON of what is stored and answered.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HiveState))]
[JsonSerializable(typeof(ForecastAnswer))]
internal sealed partial class ForecastJson : JsonSerializerContext;

/// <summary>A hive's runs as the API gives them; the method stands beside every state.</summary>
internal sealed record ForecastAnswer(string Hive, string Method, string Note, IReadOnlyList<HiveState> Runs)
{
    /// <summary>One run with the method that made it, as it stands inside another answer.</summary>
    public static JsonNode Describe(HiveState run)
    {
        var node = JsonSerializer.SerializeToNode(run, ForecastJson.Default.HiveState)!.AsObject();
        node["method"] = HiveState.Method;
        node["note"] = HiveState.MethodNote;
        return node;
    }
}
