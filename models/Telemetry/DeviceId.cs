using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace IotGateway.Telemetry;

/// <summary>
/// Names the thing that measures: a LoRaWAN node by its DevEUI in lower-case hex, a sensor on the gateway's own pins by a name
/// such as <c>gw-hill.bme280-0</c>. One to 64 characters: a letter or digit, then letters, digits, <c>-</c>, <c>.</c>, <c>_</c>, <c>:</c>.
/// </summary>
/// <remarks>The characters are those that RFC 8428 §4.5.1 allows in a SenML name, without the slash that ends the device's part of
/// it.</remarks>
[JsonConverter(typeof(DeviceIdJson))]
public readonly record struct DeviceId : IComparable<DeviceId>
{
    private readonly string? _text;

    private DeviceId(string text) => _text = text;

    /// <summary>The greatest length of an identifier, in characters.</summary>
    public const int MaxLength = 64;

    /// <summary>Reads an identifier.</summary>
    /// <exception cref="FormatException">The text is not one; the message says why.</exception>
    public static DeviceId Parse(string text) => TryParse(text, out var id)
        ? id
        : throw new FormatException(
            $"'{Shown(text)}' is no device identifier: expected 1 to {MaxLength} letters, digits, '-', '.', '_' or ':', the first a "
                + $"letter or digit.");

    /// <summary>Reads an identifier; false when the text is not one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out DeviceId id)
    {
        id = default;
        if (text is null || text.Length is 0 or > MaxLength || !char.IsAsciiLetterOrDigit(text[0]))
            return false;

        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.' or '_' or ':'))
                return false;
        }

        id = new DeviceId(text);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(DeviceId other) => string.CompareOrdinal(_text, other._text);

    /// <summary>The identifier's text; empty for the default value, which names no device.</summary>
    public override string ToString() => _text ?? "";

    /// <summary>True where <paramref name="left"/> sorts before <paramref name="right"/>, by ordinal text.</summary>
    public static bool operator <(DeviceId left, DeviceId right) => left.CompareTo(right) < 0;

    /// <summary>True where <paramref name="left"/> sorts after <paramref name="right"/>, by ordinal text.</summary>
    public static bool operator >(DeviceId left, DeviceId right) => left.CompareTo(right) > 0;

    /// <summary>True where <paramref name="left"/> does not sort after <paramref name="right"/>, by ordinal text.</summary>
    public static bool operator <=(DeviceId left, DeviceId right) => left.CompareTo(right) <= 0;

    /// <summary>True where <paramref name="left"/> does not sort before <paramref name="right"/>, by ordinal text.</summary>
    public static bool operator >=(DeviceId left, DeviceId right) => left.CompareTo(right) >= 0;

    private static string Shown(string? text) => text is null ? "null" : text.Length > 80 ? string.Concat(text.AsSpan(0, 80), "…") : text;
}
