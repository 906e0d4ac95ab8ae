using System.Text.Json.Serialization;

namespace IotGateway.Learning.Outlooks;

/// <summary>Source-generated JSON of outlooks.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, NewLine = "\n", PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Outlook))]
internal sealed partial class OutlookJson : JsonSerializerContext;
