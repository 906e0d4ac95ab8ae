using System.Globalization;

namespace IotGateway.FirmwareSim.NetworkServers.ChirpStack;

/// <summary>Times as the server writes them: nanoseconds and a numeric offset.</summary>
internal static class Rfc3339
{
    /// <param name="second">A time in whole seconds.</param>
    /// <param name="nanoseconds">To add; may exceed a second.</param>
    public static string Write(DateTimeOffset second, long nanoseconds)
    {
        var whole = second.ToUniversalTime().AddSeconds(nanoseconds / 1_000_000_000);
        return string.Create(CultureInfo.InvariantCulture, $"{whole:yyyy-MM-dd'T'HH:mm:ss}.{nanoseconds % 1_000_000_000:D9}+00:00");
    }
}
