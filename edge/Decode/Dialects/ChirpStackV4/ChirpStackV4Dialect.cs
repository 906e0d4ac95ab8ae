using System.Globalization;
using System.Text.Json;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Decode.Dialects.ChirpStackV4;

/// <summary>Dialect of ChirpStack v4: JSON events on <c>application/{id}/device/{devEui}/event/{kind}</c>.</summary>
/// <remarks>
/// Only what is needed decides: the node, and of an uplink its port and payload. Anything else that is not as expected is as if it were
/// left out. Fields that the server leaves out because they are zero read as zero.
/// </remarks>
internal static class ChirpStackV4Dialect
{
    /// <summary>The dialect as sources choose it.</summary>
    public static readonly Dialect Dialect = new("chirpstack-v4", "application/+/device/+/event/+", Read);

    /// <summary>
    /// An event with more bytes than this is no uplink: a LoRaWAN frame has at most 242, a server's wrapping a few kilobytes, some 500
    /// bytes more for each radio gateway that heard it, and the tags that a user gave the device.
    /// </summary>
    public const int MaxEventBytes = 512 * 1024;

    /// <summary>The greatest application payload of any LoRaWAN region and data rate.</summary>
    public const int MaxPayloadBytes = 242;

    /// <summary>A DevAddr has eight hexadecimal digits; what is remembered of thousands of frames must stay small.</summary>
    private const int MaxDevAddr = 16;

    /// <summary>ChirpStack's events beside uplinks; any other has no name of its own, whatever a topic says.</summary>
    private static readonly string[] EventKinds = ["join", "status", "ack", "txack", "log", "location", "integration"];

    /// <summary>An event is bounded by its bytes, so its depth is, too: what a user's decoder made of the payload is passed over.</summary>
    private static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = MaxEventBytes };

    /// <summary>Reads an event: an <see cref="Uplink"/> or a <see cref="DeviceEvent"/>.</summary>
    /// <exception cref="RefusedException">It is neither.</exception>
    public static Content Read(string topic, ReadOnlyMemory<byte> json)
    {
        var levels = topic.Split('/');
        if (levels is not ["application", _, "device", _, "event", var kind])
            throw new RefusedException(
                "unknown_topic", $"The topic '{Shown(topic)}' is no ChirpStack event; expected application/ID/device/EUI/event/KIND.");
        if (json.Length > MaxEventBytes)
            throw new RefusedException("too_large", $"The event has {json.Length:N0} bytes; at most {MaxEventBytes:N0} are taken.");

        try
        {
            using var document = JsonDocument.Parse(json.Span.StartsWith("\uFEFF"u8) ? json["\uFEFF"u8.Length..] : json, AnyDepth);
            var root = document.RootElement;
            var eui = ReadEui(root);
            return kind == "up"
                ? ReadUplink(root, eui)
                : new DeviceEvent(eui, EventKinds.Contains(kind) ? kind : "other", Battery(root), EventTimes.Of(root));
        }
        catch (JsonException e)
        {
            throw new RefusedException("not_json", $"The event cannot be read as JSON: {e.Message}", e);
        }
    }

    private static DeviceId ReadEui(JsonElement root)
    {
        var eui = root.Field("deviceInfo"u8).Field("devEui"u8);
        if (!eui.IsThere())
            throw new RefusedException("bad_event", "The event has no deviceInfo.devEui.");

        // Written on the node in pairs.
        var text = (eui.Text() ?? "").Replace("-", "", StringComparison.Ordinal).Replace(":", "", StringComparison.Ordinal);
        if (text.Length != 16 || !text.All(char.IsAsciiHexDigit))
            throw new RefusedException("bad_event", $"deviceInfo.devEui is '{Shown(text)}'; expected 16 hexadecimal digits.");
        return DeviceId.Parse(text.ToLowerInvariant());
    }

    private static Uplink ReadUplink(JsonElement root, DeviceId eui)
    {
        var (payload, fault) = ReadPayload(root);
        var port = root.Field("fPort"u8).Whole(byte.MaxValue);
        if (port is null)
            fault ??= new Unreadable("bad_event", $"The event's fPort is no number from 0 to {byte.MaxValue}.");
        var (heard, rssi) = Receptions(root.Field("rxInfo"u8));
        return new Uplink(
            eui, Address(root.Field("devAddr"u8)), root.Field("fCnt"u8).Whole(uint.MaxValue), (int)(port ?? 0), payload,
            EventTimes.Of(root), heard, rssi, root.Field("deviceInfo"u8).Field("tags"u8).Field("origin"u8).Text() == "synthetic")
        {
            Fault = fault,
        };
    }

    private static (byte[] Payload, Unreadable? Fault) ReadPayload(JsonElement root)
    {
        var data = root.Field("data"u8);
        if (!data.IsThere())
            return ([], null);
        if (Bytes(data.Text()) is not { } payload)
            return ([], new Unreadable("not_base64", "The event's data is not base64."));
        if (payload.Length > MaxPayloadBytes)
            return ([], new Unreadable(
                "payload_too_large", $"The payload has {payload.Length} bytes; LoRaWAN carries at most {MaxPayloadBytes}."));

        // Told where the key of the application's session is with a join server and not with the network server.
        return payload.Length > 0 && root.Field("joinServerContext"u8).ValueKind == JsonValueKind.Object
            ? ([], new Unreadable(
                "payload_encrypted",
                "The payload is still encrypted (joinServerContext): its key is with a join server, not with the network server."))
            : (payload, null);
    }

    /// <summary>Base64 of either alphabet, with or without its padding; null where a text is none.</summary>
    private static byte[]? Bytes(string? text)
    {
        if (text is null)
            return null;
        var digits = text.Replace('-', '+').Replace('_', '/').TrimEnd('=');
        var bytes = new byte[digits.Length];
        var padded = digits.PadRight((digits.Length + 3) / 4 * 4, '=');
        return Convert.TryFromBase64String(padded, bytes, out var length) ? bytes[..length] : null;
    }

    /// <summary>Radio gateways that heard a frame, and the strength at the best of them.</summary>
    private static (int Heard, int? Rssi) Receptions(JsonElement receptions)
    {
        if (receptions.ValueKind != JsonValueKind.Array)
            return (0, null);
        var heard = receptions.EnumerateArray().Where(r => r.ValueKind == JsonValueKind.Object).ToList();
        var best = heard.Max(r => r.Field("rssi"u8).Number());
        return (heard.Count, best is { } rssi ? (int)Math.Clamp(rssi, short.MinValue, short.MaxValue) : null);
    }

    /// <summary>A DevAddr, whose digits may have been taken for a number; empty where it is none.</summary>
    private static string Address(JsonElement field)
    {
        if (field.ValueKind == JsonValueKind.Number)
            return field.Whole(uint.MaxValue) is { } number ? number.ToString("x8", CultureInfo.InvariantCulture) : "";
        return field.Text() is { Length: <= MaxDevAddr } text ? text.ToLowerInvariant() : "";
    }

    /// <summary>
    /// Charge as a node measured it. LoRaWAN's codes for external power (0) and for "cannot measure" (255) come as flags beside a level of
    /// zero; the least level that is measured is 0.4.
    /// </summary>
    private static double? Battery(JsonElement root) =>
        !root.Field("externalPowerSource"u8).IsTrue() && !root.Field("batteryLevelUnavailable"u8).IsTrue()
            && root.Field("batteryLevel"u8).Number() is > 0 and <= 100 and var percent
            ? percent
            : null;

    private static string Shown(string text) => text.Length > 80 ? string.Concat(text.AsSpan(0, 80), "…") : text;
}
