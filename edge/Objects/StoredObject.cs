using System.Text.Json.Serialization;

namespace IotGateway.Edge.Objects;

/// <summary>An object that waits; the sidecar beside its content.</summary>
/// <param name="Id">The name of its files.</param>
/// <param name="Sha256">Of its content, 64 lower-case hex digits.</param>
/// <param name="AddedAt">When the outbox took it.</param>
/// <param name="From">The file that becomes its content by a rename; null when the content was written here.</param>
/// <param name="Upload">The multipart upload under way.</param>
internal sealed record StoredObject(
    string Id, ObjectLabel Label, long Bytes, string Sha256, DateTimeOffset AddedAt, string? From = null, MultipartUpload? Upload = null)
{
    /// <summary>Does it have all that it must have? A sidecar that a card has damaged may lack any part.</summary>
    [JsonIgnore]
    public bool IsWhole =>
        Id is not null && Sha256 is { Length: 64 } && Label is { Kind: not null, ContentType: not null, Extension: not null }
        && (Upload is null
            || (Upload is { Target: not null, Key: not null, UploadId: not null, ETags: { } tags } && tags.All(t => t is not null)));
}

/// <summary>A multipart upload, kept so that a crash resumes it.</summary>
/// <param name="Target">Endpoint and bucket it was begun in.</param>
/// <param name="ETags">What the store answered for the parts 1, 2, ….</param>
internal sealed record MultipartUpload(string Target, string Key, string UploadId, IReadOnlyList<string> ETags);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    RespectRequiredConstructorParameters = false, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(StoredObject))]
internal sealed partial class SidecarJson : JsonSerializerContext;
