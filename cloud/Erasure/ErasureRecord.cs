using System.Text.Json.Serialization;

namespace IotGateway.Cloud.Erasure;

/// <summary>Record of an erasure, kept without what it erased.</summary>
/// <param name="DevicesSha256">SHA-256 of each device's identifier: who knows it can find the record.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Complete">Whether the second search found nothing, and nothing that could be known of keeps older copies.</param>
/// <param name="Before">What was found and deleted, by place.</param>
/// <param name="After">What a second search found; all zero, or the erasure is not complete.</param>
/// <param name="NotCovered">Where it could not look.</param>
internal sealed record ErasureRecord(
    IReadOnlyList<string> DevicesSha256, DateTimeOffset At, bool Complete, IReadOnlyDictionary<string, Found> Before,
    IReadOnlyDictionary<string, Found> After, IReadOnlyList<string> NotCovered);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ErasureRecord))]
internal sealed partial class ErasureJson : JsonSerializerContext;
