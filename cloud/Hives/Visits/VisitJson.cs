using System.Text.Json;
using System.Text.Json.Serialization;
using IotGateway.Cloud.Web;

namespace IotGateway.Cloud.Hives.Visits;

/// <summary>
/// Source-generated JSON of visits, as they are sent, kept and answered. Strict: a field that no visit has, one that comes twice, a name
/// that is none of a list and a time without its offset are refused.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false,
    RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true, IgnoreReadOnlyProperties = true,
    Converters =
    [
        typeof(TimeWithOffset), typeof(NameOf<QueenFound>), typeof(NameOf<TreatmentMeans>), typeof(NameOf<Food>), typeof(NameOf<LossCause>),
        typeof(NameOf<BroodDisease>),
    ])]
[JsonSerializable(typeof(Visit))]
[JsonSerializable(typeof(Correction))]
[JsonSerializable(typeof(VisitVersion))]
[JsonSerializable(typeof(VisitsAnswer))]
[JsonSerializable(typeof(VersionsAnswer))]
internal sealed partial class VisitJson : JsonSerializerContext;

/// <summary>Correction as it is sent: the version it corrects, and the whole visit as it should stand, or its withdrawal.</summary>
internal sealed record Correction(int Corrects, Visit? Visit = null, bool Withdrawn = false);

/// <summary>Visits of a hive, newest first, each in its newest version; <paramref name="Next"/> is the address of the rest.</summary>
internal sealed record VisitsAnswer(string Hive, IReadOnlyList<VisitVersion> Visits, string? Next);

/// <summary>All versions of a visit, the first first.</summary>
internal sealed record VersionsAnswer(string Hive, string Id, IReadOnlyList<VisitVersion> Versions);

/// <summary>Names of an enumeration in words joined by <c>-</c>, such as <c>oxalic-acid</c>; numbers are none.</summary>
internal sealed class NameOf<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where T : struct, Enum;

/// <summary>RFC 3339 times with their offset: without one a time would be that of this machine's zone.</summary>
internal sealed class TimeWithOffset : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Parameters.Time(reader.GetString(), default) is { } time
            ? time
            : throw new JsonException($"expected {Parameters.TimeExpected}");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Parameters.Text(value));
}
