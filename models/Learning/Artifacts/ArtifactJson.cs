using System.Text.Json.Serialization;
using IotGateway.Learning.Linear;
using IotGateway.Learning.Mixed;

namespace IotGateway.Learning.Artifacts;

/// <summary>Source-generated JSON of artifacts, with the shortest digits that give the same numbers back.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true, NewLine = "\n", PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ModelArtifact<LearntModels>), TypeInfoPropertyName = "Panel")]
[JsonSerializable(typeof(ModelArtifact<LearntLines>), TypeInfoPropertyName = "Lines")]
internal sealed partial class ArtifactJson : JsonSerializerContext;
