using System.Globalization;
using System.Text.RegularExpressions;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Objects.Incoming;

/// <summary>
/// Reads what a file in the drop folder is from its name: <c>DEVICE_2021-06-19T001604Z.jpg</c>, or <c>DEVICE.jpg</c> with the file's
/// own time.
/// </summary>
internal static partial class IncomingName
{
    private static readonly string[] Times =
    [
        "yyyy-MM-dd'T'HHmmss'Z'", "yyyy-MM-dd'T'HHmmss'.'f'Z'", "yyyy-MM-dd'T'HHmmss'.'ff'Z'", "yyyy-MM-dd'T'HHmmss'.'fff'Z'",
    ];

    /// <summary>
    /// Is a writer not done with it? So are hidden names, and those that end in <c>.part</c>, <c>.partial</c>, <c>.tmp</c> or <c>~</c>.
    /// </summary>
    public static bool IsUnfinished(string name) =>
        name.StartsWith('.') || name.EndsWith('~') || Path.GetExtension(name).ToUpperInvariant() is ".PART" or ".PARTIAL" or ".TMP";

    /// <summary>A name that may be no text, as text: each byte that is not printable ASCII as <c>%</c> and two digits.</summary>
    public static string Shown(byte[] name) => string.Concat(name.Select(b =>
        b is > 0x20 and < 0x7f and not (byte)'%' ? $"{(char)b}" : string.Create(CultureInfo.InvariantCulture, $"%{b:X2}")));

    /// <summary>Fault of a name; null when it can be read.</summary>
    public static string? Fault(string name, DateTimeOffset fileTime, bool urgent)
    {
        try
        {
            Parse(name, fileTime, urgent).Check();
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }

    /// <exception cref="FormatException">The name says no device or a time that is none; the message says what was expected.</exception>
    public static ObjectLabel Parse(string name, DateTimeOffset fileTime, bool urgent)
    {
        var match = Parts().Match(name);
        var extension = match.Success ? match.Groups["extension"].Value.ToLowerInvariant() : "";
        if (extension.Length == 0)
            throw new FormatException("The name has no extension; expected DEVICE_2021-06-19T001604Z.jpg or DEVICE.jpg.");
        var device = match.Groups["device"].Value;
        var at = fileTime;
        if (Dated().Match(device) is { Success: true } dated)
        {
            device = dated.Groups["device"].Value;
            if (!DateTimeOffset.TryParseExact(
                dated.Groups["time"].Value, Times, CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out at))
                throw new FormatException(
                    $"The time in the name is '{dated.Groups["time"].Value}'; expected one in UTC such as 2021-06-19T001604Z or "
                        + $"2021-06-19T001604.250Z.");
        }

        var type = MediaTypes.Of(extension);
        return new ObjectLabel(MediaTypes.Kind(type), DeviceId.Parse(device), at, type, extension, urgent);
    }

    [GeneratedRegex(@"^(?<device>.+?)\.(?<extension>(tar\.)?[A-Za-z0-9]{1,8})$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parts();

    [GeneratedRegex(@"^(?<device>.*)_(?<time>[0-9]{4}-[^_]*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Dated();
}
