using System.Globalization;

namespace IotGateway.FirmwareSim.Options;

/// <summary>Reads option values, the same in every locale.</summary>
internal static class OptionText
{
    public static bool Number(string text, double least, double most, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && value >= least && value <= most;

    public static bool Whole(string text, int least, int most, out int value) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= least && value <= most;

    /// <summary>A date or a date and time, in UTC unless it says otherwise.</summary>
    public static bool Utc(string text, out DateTimeOffset? value)
    {
        var read = DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time);
        value = read ? time : null;
        return read;
    }

    public static bool Tags(string text, out IReadOnlyList<int>? value)
    {
        var tags = new List<int>();
        value = tags;
        foreach (var part in text.Split(','))
        {
            if (!Whole(part.Trim(), 0, 999_999, out var tag))
                return false;
            tags.Add(tag);
        }

        return true;
    }
}
