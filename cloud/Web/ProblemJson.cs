using System.Text.Json.Serialization;

namespace IotGateway.Cloud.Web;

/// <summary>Source-generated JSON of refusals.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProblemJson))]
internal sealed partial class ProblemContext : JsonSerializerContext;

/// <summary>RFC 9457; the last three name what was wrong with a parameter.</summary>
internal sealed record ProblemJson(
    string Type, string Title, int Status, string Detail, string? Parameter, string? Value, string? Expected);
