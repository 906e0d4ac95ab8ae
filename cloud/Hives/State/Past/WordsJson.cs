using System.Text.Json.Serialization;

namespace IotGateway.Cloud.Hives.State.Past;

/// <summary>Source-generated JSON of the words' record.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WordsAnswer))]
internal sealed partial class WordsJson : JsonSerializerContext;

/// <summary>Records of the words said at a site in the last <paramref name="Days"/> days.</summary>
internal sealed record WordsAnswer(string Site, int Days, IReadOnlyList<WordRecord> Words);
