using System.Text.Json.Serialization;

namespace IotGateway.Learning.Artifacts;

/// <summary>Source-generated JSON of artifacts, with the shortest digits that give the same numbers back.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true, NewLine = "\n", PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ModelArtifact))]
internal sealed partial class ArtifactJson : JsonSerializerContext;
