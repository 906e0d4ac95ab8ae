using System.Text.Json.Serialization;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Objects;

/// <summary>The label of an object: its device, time and kind.</summary>
/// <param name="Kind">What it shows: 1 to 32 lower-case letters, digits or <c>-</c>, such as <c>image</c>.</param>
/// <param name="Device">The device that took it.</param>
/// <param name="TakenAt">When it was taken; kept to the millisecond, in UTC.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Extension">What its key ends with after the full stop: 1 to 12 lower-case letters, digits or full stops inside.</param>
/// <param name="Urgent">Goes ahead of all others and is never dropped to make room, as an alarm's image.</param>
[method: JsonConstructor]
internal sealed record ObjectLabel(
    string Kind, DeviceId Device, DateTimeOffset TakenAt, string ContentType, string Extension, bool Urgent = false)
{
    /// <summary>A label whose extension follows from the media type.</summary>
    public ObjectLabel(string kind, DeviceId device, DateTimeOffset takenAt, string contentType)
        : this(kind, device, takenAt, contentType, MediaTypes.Extension(contentType))
    {
    }

    /// <exception cref="FormatException">A part of it would not make a key.</exception>
    public void Check()
    {
        if (Kind.Length is 0 or > 32 || !Kind.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            throw new FormatException($"The kind is '{Kind}'; expected 1 to 32 lower-case letters, digits or '-'.");
        if (Device == default)
            throw new FormatException("The device is not named.");
        if (Extension.Length is 0 or > 12 || !char.IsAsciiLetterOrDigit(Extension[0]) || !char.IsAsciiLetterOrDigit(Extension[^1])
            || !Extension.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '.'))
            throw new FormatException(
                $"The extension is '{Extension}'; expected 1 to 12 lower-case letters, digits, or full stops between them.");
        if (ContentType.Length is 0 or > 127 || ContentType.Any(c => c is < ' ' or > '~'))
            throw new FormatException($"The media type is '{ContentType}'; expected 1 to 127 printable ASCII characters.");
    }
}
