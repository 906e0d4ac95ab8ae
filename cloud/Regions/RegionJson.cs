using System.Text.Json.Serialization;

namespace IotGateway.Cloud.Regions;

/// <summary>Source-generated JSON of the outlooks, read from this assembly and answered by the API.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, IgnoreReadOnlyProperties = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RegionOutlook))]
[JsonSerializable(typeof(RegionState))]
[JsonSerializable(typeof(IReadOnlyList<RegionOutlook>))]
internal sealed partial class RegionJson : JsonSerializerContext;
