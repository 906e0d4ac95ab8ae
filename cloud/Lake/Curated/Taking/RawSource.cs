using System.Globalization;

namespace IotGateway.Cloud.Lake.Curated.Taking;

/// <summary>
/// Name under which a manifest knows the readings it was made from: a raw object's key, or, of an object that is too much at once, the key
/// with a stretch of its batches, <c>KEY#BEGIN-END</c>: when the first and the last of them were received, in ticks as in the key.
/// </summary>
internal static class RawSource
{
    private const char Mark = '#';
    private const string GatewayMark = "/gateway=";

    /// <summary>Name of a stretch of an object's batches.</summary>
    public static string Of(string key, DateTimeOffset begin, DateTimeOffset end) =>
        string.Create(CultureInfo.InvariantCulture, $"{key}{Mark}{begin.UtcTicks:x}-{end.UtcTicks:x}");

    /// <summary>The object's key.</summary>
    public static string KeyOf(string source) => source.IndexOf(Mark, StringComparison.Ordinal) is >= 0 and var at ? source[..at] : source;

    /// <summary>The gateway in the object's key; empty where it names none.</summary>
    public static string GatewayOf(string source)
    {
        var at = source.IndexOf(GatewayMark, StringComparison.Ordinal);
        if (at < 0)
            return "";
        var rest = source[(at + GatewayMark.Length)..];
        return rest.IndexOf('/', StringComparison.Ordinal) is >= 0 and var end ? rest[..end] : rest;
    }

    /// <summary>Times of arrival between which its batches lie, in ticks; all there are for a whole object.</summary>
    public static (long Begin, long End) StretchOf(string source) =>
        source.IndexOf(Mark, StringComparison.Ordinal) is >= 0 and var at && source[(at + 1)..].Split('-') is [var begin, var end]
        && long.TryParse(begin, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var first)
        && long.TryParse(end, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var last)
            ? (first, last)
            : (long.MinValue, long.MaxValue);
}
