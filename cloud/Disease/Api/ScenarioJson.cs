using System.Text.Json.Serialization;
using IotGateway.Cloud.Disease.Scenarios;

namespace IotGateway.Cloud.Disease.Api;

/// <summary>Source-generated JSON of scenarios. Strict: a field that no apiary has and one that comes twice are refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false,
    RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ScenarioAnswer))]
[JsonSerializable(typeof(AskedApiaries))]
internal sealed partial class ScenarioJson : JsonSerializerContext;
