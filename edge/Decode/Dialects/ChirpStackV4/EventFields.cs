using System.Globalization;
using System.Text;
using System.Text.Json;

namespace IotGateway.Edge.Decode.Dialects.ChirpStackV4;

/// <summary>
/// Fields of an event, read by their meaning: a number may be a text or have a fraction of zero. What a field holds beyond that is as if
/// it were not there; nothing here throws.
/// </summary>
internal static class EventFields
{
    /// <summary>A field; of the kind <see cref="JsonValueKind.Undefined"/> where there is none, or no object to have it.</summary>
    public static JsonElement Field(this JsonElement parent, ReadOnlySpan<byte> name)
    {
        try
        {
            return parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var field) ? field : default;
        }
        catch (InvalidOperationException)
        {
            // Another field's name is half a character.
            var wanted = Encoding.ASCII.GetString(name);
            return parent.EnumerateObject().Where(p => Is(p, wanted)).Select(p => p.Value).LastOrDefault();
        }
    }

    private static bool Is(JsonProperty field, string name)
    {
        try
        {
            return field.NameEquals(name);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>True where a field says something at all.</summary>
    public static bool IsThere(this JsonElement field) => field.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    /// <summary>A text; null where it is none.</summary>
    public static string? Text(this JsonElement field)
    {
        try
        {
            return field.ValueKind == JsonValueKind.String ? field.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half a character, or bytes that are no UTF-8.
            return null;
        }
    }

    /// <summary>A finite number, written as one or as a text; null where it is none.</summary>
    public static double? Number(this JsonElement field)
    {
        var number = field.ValueKind switch
        {
            JsonValueKind.Number => field.GetDouble(),
            JsonValueKind.String when double.TryParse(
                field.Text(), NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) => parsed,
            _ => double.NaN,
        };
        return double.IsFinite(number) ? number : null;
    }

    /// <summary>A whole number from 0 to <paramref name="most"/>; 0 where the field is not there, null where it is none.</summary>
    public static long? Whole(this JsonElement field, long most)
    {
        if (!field.IsThere())
            return 0;
        return field.Number() is >= 0 and var number && number <= most && number == Math.Floor(number) ? (long)number : null;
    }

    /// <summary>True where a field says yes.</summary>
    public static bool IsTrue(this JsonElement field) =>
        field.ValueKind == JsonValueKind.True || string.Equals(field.Text(), "true", StringComparison.OrdinalIgnoreCase);
}
