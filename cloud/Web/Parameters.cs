using System.Globalization;

namespace IotGateway.Cloud.Web;

/// <summary>Reads the API's parameters from their text.</summary>
internal static class Parameters
{
    public const string TimeExpected = "an RFC 3339 time with its offset, such as 2021-07-01T12:00:00Z";

    private static readonly string[] TimeFormats =
    [
        "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mmzzz",
    ];

    /// <summary>Reads a time; the default where there is no text, null where the text is not one.</summary>
    public static DateTimeOffset? Time(string? text, DateTimeOffset byDefault)
    {
        if (text is null)
            return byDefault;

        // An offset's plus sign that was not escaped arrives as a space.
        var whole = text.Replace(' ', '+').ToUpperInvariant();
        whole = whole.EndsWith('Z') ? $"{whole.AsSpan(0, whole.Length - 1)}+00:00" : whole;
        return DateTimeOffset.TryParseExact(whole, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time.ToUniversalTime()
            : null;
    }

    /// <summary>A time before another, no earlier than times begin.</summary>
    public static DateTimeOffset Before(DateTimeOffset time, TimeSpan span) =>
        time - DateTimeOffset.MinValue > span ? time - span : DateTimeOffset.MinValue;

    /// <summary>A time after another, no later than times end.</summary>
    public static DateTimeOffset After(DateTimeOffset time, TimeSpan span) =>
        DateTimeOffset.MaxValue - time > span ? time + span : DateTimeOffset.MaxValue;

    /// <summary>Reads a whole number from 1 to <paramref name="max"/>; null where the text is not one.</summary>
    public static int? Limit(string? text, int max, int? byDefault = null)
    {
        if (text is null)
            return byDefault ?? max;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit >= 1 && limit <= max
            ? limit
            : null;
    }

    public static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);
}
