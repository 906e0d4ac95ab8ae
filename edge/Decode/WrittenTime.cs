using System.Globalization;
using System.Text.RegularExpressions;

namespace IotGateway.Edge.Decode;

/// <summary>
/// Reader of times as network servers write them: RFC 3339 with any number of digits, a leap second, a blank for the T, an offset without
/// a colon or none (then it is UTC), with a zone's name behind it (alone only UTC or GMT); or seconds,
/// milliseconds, microseconds or nanoseconds since 1970.
/// </summary>
internal static partial class WrittenTime
{
    /// <summary>The start of GPS time.</summary>
    private static readonly DateTimeOffset GpsEpoch = new(1980, 1, 6, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Leap seconds since then; GPS time has none. Unchanged since 2017.</summary>
    private const double LeapSeconds = 18;

    private const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    /// <summary>Numbers of seconds above this, in the year 5138, are of a smaller unit.</summary>
    private const double MostSeconds = 1e11;

    /// <summary>The time, UTC; null when the text is none.</summary>
    public static DateTimeOffset? Parse(string text)
    {
        var match = Form().Match(text.Trim());
        if (!match.Success)
            return double.TryParse(text, Plain, CultureInfo.InvariantCulture, out var number) ? Since1970(number) : null;

        int Part(string group) => int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        var (year, month, day) = (Part("year"), Part("month"), Part("day"));
        var (hour, minute, second) = (Part("hour"), Part("minute"), Part("second"));
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 60)
            return null;

        var fraction = long.Parse(match.Groups["fraction"].Value.PadRight(7, '0')[..7], NumberStyles.None, CultureInfo.InvariantCulture);
        var ticks = new DateTime(year, month, day, hour, minute, 0).Ticks + (second * TimeSpan.TicksPerSecond) + fraction;
        if (match.Groups["sign"].Length > 0)
        {
            var offset = new TimeSpan(Part("hours"), Part("minutes"), 0);
            if (offset > TimeSpan.FromHours(14))
                return null;
            ticks += match.Groups["sign"].ValueSpan[0] == '-' ? offset.Ticks : -offset.Ticks;
        }

        return OfTicks(ticks);
    }

    /// <summary>A number of seconds since 1970, or of milliseconds, microseconds, nanoseconds; null when it is no time.</summary>
    public static DateTimeOffset? Since1970(double number)
    {
        for (var step = 0; step < 3 && Math.Abs(number) >= MostSeconds; step++)
            number /= 1000;
        return Plus(DateTimeOffset.UnixEpoch, number);
    }

    /// <summary>A number of seconds of GPS time; null when it is no time.</summary>
    public static DateTimeOffset? OfGps(double seconds) => Plus(GpsEpoch, seconds - LeapSeconds);

    private static DateTimeOffset? Plus(DateTimeOffset epoch, double seconds) =>
        Math.Abs(seconds) < MostSeconds ? OfTicks(epoch.Ticks + (long)(seconds * TimeSpan.TicksPerSecond)) : null;

    private static DateTimeOffset? OfTicks(long ticks) =>
        ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    [GeneratedRegex(
        "^(?<year>[0-9]{4})-(?<month>[0-9]{2})-(?<day>[0-9]{2})[Tt ](?<hour>[0-9]{2}):(?<minute>[0-9]{2}):(?<second>[0-9]{2})"
            + "([.,](?<fraction>[0-9]{1,32}))?"
            + "( ?([Zz]|(?<sign>[+-])(?<hours>[0-9]{2}):?(?<minutes>[0-9]{2}))( ?(?![AaPp][Mm]$)[A-Za-z]{1,5})?| ?(UTC|GMT))?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
