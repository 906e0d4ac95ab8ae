using System.Globalization;
using System.Text.Json;

namespace IotGateway.Edge.Decode.Dialects.ChirpStackV4;

/// <summary>
/// Clocks of one event, the best first: GPS at a radio gateway, the network server's at reception, the time the server gives the event
/// (often a radio gateway's word), a radio gateway's own.
/// </summary>
/// <remarks>
/// A radio gateway's clock, GPS too (a receiver without a fix tells times of years ago), is passed over where it is more than a day from
/// the server's. One that kept a frame while its way was closed is right about when it was: two clocks of its then tell the same.
/// </remarks>
internal static class EventTimes
{
    /// <summary>Radio gateways whose clocks are looked at.</summary>
    private const int MostGateways = 8;

    private static readonly TimeSpan Apart = TimeSpan.FromDays(1);
    private static readonly TimeSpan Agreement = TimeSpan.FromSeconds(5);

    public static IReadOnlyList<DateTimeOffset> Of(JsonElement root)
    {
        var times = new List<DateTimeOffset>();
        var receptions = Receptions(root.Field("rxInfo"u8));
        var server = receptions.Select(r => Time(r.Field("nsTime"u8))).OfType<DateTimeOffset>().ToList();
        var stated = Time(root.Field("time"u8));
        var judge = server.Cast<DateTimeOffset?>().Append(stated).FirstOrDefault(t => t?.Year is >= 2015 and < 2100);
        var gps = receptions.Select(r => Gps(r.Field("timeSinceGpsEpoch"u8))).Where(CanBe).ToList();
        var own = receptions.Select(r => Time(r.Field("gwTime"u8))).Where(CanBe).ToList();

        gps.ForEach(t => Add(times, t));
        if (server.Count > 0 && stated < server[0] && gps.Concat(own).Any(t => (t - stated)?.Duration() <= Agreement))
            Add(times, stated);
        server.ForEach(t => Add(times, t));
        Add(times, stated);
        own.ForEach(t => Add(times, t));
        return times;

        bool CanBe(DateTimeOffset? time) => time is { } known && (judge is not { } right || (known - right).Duration() <= Apart);
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
