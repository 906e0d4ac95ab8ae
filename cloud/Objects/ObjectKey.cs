using System.Buffers;

namespace IotGateway.Cloud.Objects;

/// <summary>Rules of keys; anything else could leave the folder or mean something to another system.</summary>
internal static class ObjectKey
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=/");

    /// <exception cref="ArgumentException">It is no key.</exception>
    public static string Checked(string key) =>
        key.Length is > 0 and <= 900 && key.AsSpan().IndexOfAnyExcept(Allowed) < 0
            && !Array.Exists(key.Split('/'), part => part.Length == 0 || part[0] == '.')
            ? key
            : throw new ArgumentException(
                $"'{key}' is no key of the lake; expected parts of letters, digits and - _ . = that begin with no dot, joined by '/'.",
                nameof(key));
}
