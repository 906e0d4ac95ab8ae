using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace IotGateway.Cloud.Hives.Forecasts;

/// <summary>Words and hashes of what is said of hives.</summary>
internal static class Said
{
    /// <summary>Hash of a model's features, by which the same input is known again.</summary>
    public static string Hash(double[] features) => Short(SHA256.HashData(MemoryMarshal.AsBytes(features.AsSpan())));

    /// <summary>The same of a text.</summary>
    public static string Hash(string features) => Short(SHA256.HashData(Encoding.UTF8.GetBytes(features)));

    /// <summary>A sentence with its numbers, in the same form everywhere.</summary>
    public static string Words(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Short(byte[] hash) => Convert.ToHexStringLower(hash)[..16];
}
