using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace IotGateway.Cloud.Forecasts;

/// <summary>Source-generated JSON of what is stored and answered.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HiveRisk))]
[JsonSerializable(typeof(ForecastAnswer))]
internal sealed partial class ForecastJson : JsonSerializerContext;

/// <summary>A hive's runs as the API gives them; the method stands beside every state.</summary>
internal sealed record ForecastAnswer(string Hive, string Method, string Note, IReadOnlyList<HiveRisk> Runs)
{
    /// <summary>One run with the method that made it, as it stands inside another answer.</summary>
    public static JsonNode Describe(HiveRisk run)
    {
        var node = JsonSerializer.SerializeToNode(run, ForecastJson.Default.HiveRisk)!.AsObject();
        node["method"] = HiveRisk.Method;
        node["note"] = HiveRisk.MethodNote;
        return node;
    }
}
