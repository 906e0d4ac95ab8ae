using System.Globalization;
using System.Text;
using System.Text.Json;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Decode.Dialects.ChirpStackV4;

/// <summary>Dialect of ChirpStack v4: JSON events on <c>application/{id}/device/{devEui}/event/{kind}</c>.</summary>
/// <remarks>Fields that the server leaves out because they are zero read as zero; unknown fields are passed over.</remarks>
internal static class ChirpStackV4Dialect
{
    /// <summary>The dialect as sources choose it.</summary>
    public static readonly Dialect Dialect = new("chirpstack-v4", "application/+/device/+/event/+", Read);

    /// <summary>
    /// An event with more bytes than this is no uplink: a LoRaWAN frame has at most 242, a server's wrapping a few kilobytes.
    /// </summary>
    public const int MaxEventBytes = 64 * 1024;

    /// <summary>The greatest application payload of any LoRaWAN region and data rate.</summary>
    public const int MaxPayloadBytes = 242;

    /// <summary>A DevAddr has eight hexadecimal digits; what is remembered of thousands of frames must stay small.</summary>
    private const int MaxDevAddr = 16;

    /// <summary>ChirpStack's events beside uplinks; any other has no name of its own, whatever a topic says.</summary>
    private static readonly string[] EventKinds = ["join", "status", "ack", "txack", "log", "location", "integration"];

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
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 16 });
            var root = document.RootElement;
            var eui = ReadEui(root);
            return kind == "up" ? ReadUplink(root, eui) : new DeviceEvent(eui, EventKinds.Contains(kind) ? kind : "other", Battery(root));
        }
        catch (JsonException e)
        {
            throw new RefusedException("not_json", $"The event cannot be read as JSON: {e.Message}", e);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new RefusedException("bad_event", $"The event has not the form of a ChirpStack v4 event: {e.Message}", e);
        }
    }

    private static DeviceId ReadEui(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("deviceInfo"u8, out var info)
            || info.ValueKind != JsonValueKind.Object
            || !info.TryGetProperty("devEui"u8, out var eui))
        {
            throw new RefusedException("bad_event", "The event has no deviceInfo.devEui.");
        }

        var text = eui.GetString() ?? "";
        if (text.Length != 16 || !text.All(char.IsAsciiHexDigit))
            throw new RefusedException("bad_event", $"deviceInfo.devEui is '{Shown(text)}'; expected 16 hexadecimal digits.");
        return DeviceId.Parse(text.ToLowerInvariant());
    }

    private static Uplink ReadUplink(JsonElement root, DeviceId eui)
    {
        var payload = ReadPayload(root);
        var gateways = root.TryGetProperty("rxInfo"u8, out var rx) && rx.ValueKind == JsonValueKind.Array ? rx : default;
        int? rssi = null;
        var heard = 0;
        if (gateways.ValueKind == JsonValueKind.Array)
        {
            foreach (var gateway in gateways.EnumerateArray())
            {
                heard++;
                var strength = (int)Math.Clamp(Number(gateway, "rssi"u8), short.MinValue, short.MaxValue);
                rssi = rssi is { } best ? Math.Max(best, strength) : strength;
            }
        }

        return new Uplink(
            eui,
            Address(root),
            Number(root, "fCnt"u8, uint.MaxValue),
            (int)Number(root, "fPort"u8, byte.MaxValue),
            payload,
            Time(root),
            heard,
            rssi,
            IsSynthetic(root));
    }

    private static byte[] ReadPayload(JsonElement root)
    {
        if (!root.TryGetProperty("data"u8, out var data) || data.ValueKind == JsonValueKind.Null)
            return [];
        if (data.ValueKind != JsonValueKind.String || !data.TryGetBytesFromBase64(out var payload))
            throw new RefusedException("not_base64", "The event's data is not base64.");
        if (payload.Length > MaxPayloadBytes)
            throw new RefusedException(
                "payload_too_large", $"The payload has {payload.Length} bytes; LoRaWAN carries at most {MaxPayloadBytes}.");
        return payload;
    }

    private static DateTimeOffset? Time(JsonElement root) =>
        root.TryGetProperty("time"u8, out var time) && time.ValueKind == JsonValueKind.String
            ? time.TryGetDateTimeOffset(out var at) ? at.ToUniversalTime() : ParseNanoseconds(time.GetString()!)
            : null;

    /// <summary>ChirpStack writes nine digits of a second; .NET's JSON reader takes as many as sixteen, its parser seven.</summary>
    private static DateTimeOffset ParseNanoseconds(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUniversalTime();

    private static long Number(JsonElement parent, ReadOnlySpan<byte> name) =>
        parent.TryGetProperty(name, out var number) && number.ValueKind == JsonValueKind.Number ? (long)number.GetDouble() : 0;

    private static long Number(JsonElement root, ReadOnlySpan<byte> name, long most) =>
        Number(root, name) is >= 0 and var number && number <= most
            ? number
            : throw new RefusedException("bad_event", $"The event's {Encoding.ASCII.GetString(name)} is not from 0 to {most}.");

    private static string Address(JsonElement root)
    {
        var address = root.TryGetProperty("devAddr"u8, out var text) ? text.GetString() ?? "" : "";
        return address.Length <= MaxDevAddr
            ? address
            : throw new RefusedException("bad_event", $"The event's devAddr is '{Shown(address)}'; expected 8 hexadecimal digits.");
    }

    private static double? Battery(JsonElement root) =>
        root.TryGetProperty("batteryLevel"u8, out var level) && level.ValueKind == JsonValueKind.Number
            && level.GetDouble() is >= 0 and <= 100 and var percent ? percent : null;

    private static bool IsSynthetic(JsonElement root) =>
        root.GetProperty("deviceInfo"u8).TryGetProperty("tags"u8, out var tags) && tags.ValueKind == JsonValueKind.Object
        && tags.TryGetProperty("origin"u8, out var origin) && origin.ValueKind == JsonValueKind.String && origin.ValueEquals("synthetic"u8);

    private static string Shown(string text) => text.Length > 80 ? string.Concat(text.AsSpan(0, 80), "…") : text;
}
