using System.Text.Json.Serialization;

namespace IotGateway.Cloud.Forecasts;

/// <summary>Source-generated JSON of what is stored and answered.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HiveRisk))]
[JsonSerializable(typeof(ForecastAnswer))]
internal sealed partial class ForecastJson : JsonSerializerContext;

/// <summary>A hive's runs as the API gives them; the method stands beside every state.</summary>
internal sealed record ForecastAnswer(string Hive, string Method, string Note, IReadOnlyList<HiveRisk> Runs);
