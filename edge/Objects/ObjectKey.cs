using System.Globalization;

namespace IotGateway.Edge.Objects;

/// <summary>
/// Names an object by what it is, so that sending it twice stores it once: gateway, kind, day, device, time and the beginning of its
/// SHA-256. The <c>name=value</c> levels are those that Athena and DuckDB read as partitions.
/// </summary>
internal static class ObjectKey
{
    /// <summary>The greatest length of a prefix; the rest of a key is at most 300 characters, and S3 takes 1,024.</summary>
    public const int MaxPrefix = 512;

    private const string Safe = "!-_.*'()=";

    public static string Of(string prefix, string gateway, ObjectLabel label, string sha256)
    {
        var at = label.TakenAt.UtcDateTime;
        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"gateway={gateway}/kind={label.Kind}/date={at:yyyy-MM-dd}/{label.Device}-{Time(label)}-{sha256[..16]}.{label.Extension}");
        return prefix.Length == 0 ? name : $"{prefix}/{name}";
    }

    /// <summary>The name of its files in the outbox; the time first, so that a listing is in order.</summary>
    public static string Id(ObjectLabel label, string sha256) => $"{Time(label)}-{label.Kind}-{label.Device}-{sha256[..16]}";

    public static bool IsPrefix(string prefix) =>
        prefix.Length == 0
        || (prefix.Length <= MaxPrefix && prefix.Split('/').All(s =>
            s.Length > 0 && s is not ("." or "..")
                && s.All(c => char.IsAsciiLetterOrDigit(c) || Safe.Contains(c, StringComparison.Ordinal))));

    private static string Time(ObjectLabel label) =>
        label.TakenAt.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
}
