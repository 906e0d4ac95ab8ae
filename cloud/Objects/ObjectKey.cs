using System.Buffers;

namespace IotGateway.Cloud.Objects;

/// <summary>Rules of keys; anything else could leave the folder or mean something to another system.</summary>
internal static class ObjectKey
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=/");

    /// <summary>True where a file's or folder's name can be a part of a key; another is none of ours.</summary>
    public static bool IsPart(string name) =>
        name.Length > 0 && name[0] != '.' && name.AsSpan().IndexOfAnyExcept(Allowed) < 0 && !name.Contains('/', StringComparison.Ordinal);

    /// <summary>True for a key.</summary>
    public static bool IsKey(string text) =>
        text.Length is > 0 and <= 900 && text.AsSpan().IndexOfAnyExcept(Allowed) < 0
        && !Array.Exists(text.Split('/'), part => part.Length == 0 || part[0] == '.');

    /// <exception cref="ArgumentException">It is no key.</exception>
    public static string Checked(string key) =>
        IsKey(key)
            ? key
            : throw new ArgumentException(
                $"'{key}' is no key of the lake; expected parts of letters, digits and - _ . = that begin with no dot, joined by '/'.",
                nameof(key));
}
