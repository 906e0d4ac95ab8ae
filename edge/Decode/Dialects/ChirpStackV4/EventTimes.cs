using System.Globalization;
using System.Text.Json;

namespace IotGateway.Edge.Decode.Dialects.ChirpStackV4;

/// <summary>
/// Clocks of one event, the best first: GPS at a radio gateway, the network server's at reception, the time the server gives the event
/// (often a radio gateway's word), a radio gateway's own.
/// </summary>
internal static class EventTimes
{
    /// <summary>Radio gateways whose clocks are looked at.</summary>
    private const int MostGateways = 8;

    public static IReadOnlyList<DateTimeOffset> Of(JsonElement root)
    {
        var times = new List<DateTimeOffset>();
        var receptions = Receptions(root.Field("rxInfo"u8));
        foreach (var reception in receptions)
            Add(times, Gps(reception.Field("timeSinceGpsEpoch"u8)));
        foreach (var reception in receptions)
            Add(times, Time(reception.Field("nsTime"u8)));
        Add(times, Time(root.Field("time"u8)));
        foreach (var reception in receptions)
            Add(times, Time(reception.Field("gwTime"u8)));
        return times;
    }

    private static List<JsonElement> Receptions(JsonElement rx) =>
        rx.ValueKind == JsonValueKind.Array
            ? [.. rx.EnumerateArray().Where(r => r.ValueKind == JsonValueKind.Object).Take(MostGateways)]
            : [];

    private static void Add(List<DateTimeOffset> times, DateTimeOffset? time)
    {
        if (time is { } known && !times.Contains(known))
            times.Add(known);
    }

    /// <summary>A time as a text, as seconds since 1970, or as Protobuf's seconds and nanoseconds.</summary>
    private static DateTimeOffset? Time(JsonElement field) => field.ValueKind switch
    {
        JsonValueKind.String => field.Text() is { } text ? WrittenTime.Parse(text) : null,
        JsonValueKind.Number => field.Number() is { } number ? WrittenTime.Since1970(number) : null,
        JsonValueKind.Object => field.Field("seconds"u8).Number() is { } seconds
            ? WrittenTime.Since1970(seconds + ((field.Field("nanos"u8).Number() ?? 0) / 1e9))
            : null,
        _ => null,
    };

    /// <summary>GPS time in seconds, as a text with an <c>s</c> behind it or as a number.</summary>
    private static DateTimeOffset? Gps(JsonElement field)
    {
        var seconds = field.Text() is { } text
            && double.TryParse(text.TrimEnd('s'), NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed)
                ? parsed
                : field.Number();
        return seconds is { } known ? WrittenTime.OfGps(known) : null;
    }
}
