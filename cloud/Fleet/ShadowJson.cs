using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace IotGateway.Cloud.Fleet;

/// <summary>
/// The reader of all JSON of shadows, by whoever sent or kept it. What passes can be compared, written and sent on: whole characters,
/// numbers that a double holds, no name twice. The verdict is a sentence, never an exception.
/// </summary>
internal static class ShadowJson
{
    /// <summary>The nesting that is read at all; what a shadow may keep is less.</summary>
    private const int MaxDepth = 32;
    private const int MaxNumberLength = 40;
    private const int MaxExponentDigits = 3;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <param name="json">Any bytes.</param>
    /// <param name="problem">What is wrong with them; null where nothing is.</param>
    /// <returns>The object they are; null where they are none.</returns>
    public static JsonObject? Read(ReadOnlySpan<byte> json, out string? problem)
    {
        problem = Utf8.IsValid(json) ? Fault(json) : "it is not UTF-8";
        if (problem is not null)
            return null;
        try
        {
            if (JsonNode.Parse(json, documentOptions: Strict) is JsonObject read)
                return read;
            problem = "an object was expected";
        }
        catch (JsonException e)
        {
            problem = e.Message;
        }

        return null;
    }

    /// <summary>The first text or number that cannot be kept.</summary>
    private static string? Fault(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            while (reader.Read())
            {
                var fault = reader.TokenType switch
                {
                    JsonTokenType.PropertyName or JsonTokenType.String when reader.ValueIsEscaped && !IsWhole(reader.ValueSpan) =>
                        "half of a surrogate pair",
                    JsonTokenType.Number when !IsDouble(ref reader) => "a number beyond what a double holds",
                    _ => null,
                };
                if (fault is not null)
                    return $"{fault} at byte {reader.TokenStartIndex}";
            }

            return null;
        }
        catch (JsonException e)
        {
            return e.Message;
        }
    }

    /// <summary>True where each escaped half of a surrogate pair has its other half behind it.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> escaped)
    {
        var high = false;
        for (var i = 0; i < escaped.Length;)
        {
            var unit = '\0';
            if (escaped[i] != '\\')
                i++;
            else if (escaped[i + 1] != 'u')
                i += 2;
            else
            {
                unit = (char)Convert.ToUInt16(System.Text.Encoding.ASCII.GetString(escaped.Slice(i + 2, 4)), 16);
                i += 6;
            }

            if (char.IsLowSurrogate(unit) != high)
                return false;
            high = char.IsHighSurrogate(unit);
        }

        return !high;
    }

    private static bool IsDouble(ref Utf8JsonReader reader)
    {
        var text = reader.ValueSpan;
        var exponent = text.IndexOfAny((byte)'e', (byte)'E');
        return text.Length <= MaxNumberLength
            && (exponent < 0 || text[(exponent + 1)..].TrimStart("+-0"u8).Length <= MaxExponentDigits)
            && reader.TryGetDouble(out var value) && double.IsFinite(value);
    }
}
