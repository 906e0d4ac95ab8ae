using IotGateway.Cloud.Hives.State.Rule;
using IotGateway.Cloud.Observations;
using IotGateway.Science;

namespace IotGateway.Cloud.Hives.State.Neighbours;

/// <summary>A nest's last 14 days, hour by hour and day by day, counted back from the as-of time.</summary>
internal sealed class Nest
{
    /// <summary>Hours that are "now".</summary>
    public const int Recent = 3;

    /// <summary>The newest half day is not part of the week it is compared with.</summary>
    private const int LeftOut = 12;

    private const int WeekDays = 7;

    /// <summary>Hours of that week that must have a value.</summary>
    private const int LeastHours = 48;

    /// <summary>Hours of a day that must have a value.</summary>
    private const int LeastHoursOfDay = 18;

    /// <summary>Days that a usual day is the median of, at least.</summary>
    private const int LeastDays = 3;

    /// <summary>No nest is taken to be steadier, °C.</summary>
    private const double LeastSpread = 0.25;

    private readonly double?[] _hours;
    private readonly double?[] _usual = new double?[24];
    private readonly (double Swing, double Level)?[] _days = new (double, double)?[KnownHours.Count / 24];

    /// <param name="hours">As many as <see cref="KnownHours.Count"/>, the newest first; null where nothing was read.</param>
    public Nest(double?[] hours)
    {
        _hours = hours;
        Span<double> values = stackalloc double[24];
        for (var d = 0; d < _days.Length; d++)
        {
            var day = Known(hours.AsSpan(d * 24, 24), values);
            if (day.Length < LeastHoursOfDay)
                continue;
            var level = Medians.Of(day);
            _days[d] = (day[^1] - day[0], level);
        }

        var week = hours.AsSpan(LeftOut, WeekDays * 24);
        Span<double> left = stackalloc double[week.Length];
        if (Known(week, left).Length < LeastHours)
            return;
        Span<double> near = stackalloc double[3 * WeekDays];
        for (var h = 0; h < 24; h++)
        {
            var count = 0;
            for (var i = LeftOut; i < LeftOut + week.Length; i++)
            {
                if (hours[i] is { } value && (i - h + 25) % 24 <= 2)
                    near[count++] = value;
            }

            _usual[h] = count > 0 ? Medians.Of(near[..count]) : null;
        }

        var known = 0;
        for (var i = LeftOut; i < LeftOut + week.Length; i++)
        {
            if (Departure(i) is { } departure)
                left[known++] = departure;
        }

        Spread = Math.Max(LeastSpread, Robust.Spread(left[..known], 0));
    }

    /// <summary>The week's own scatter about what is usual at an hour of day, a standard deviation, °C; 0 without a week.</summary>
    public double Spread { get; }

    /// <summary>Warmest less coldest hour of the last 24 h; null where too little was read.</summary>
    public double? Swing => _days[0]?.Swing;

    /// <summary>The median temperature of the last 24 h.</summary>
    public double? Level => _days[0]?.Level;

    /// <summary>The mean of the last hours; null when nothing was read in them.</summary>
    public double? Now => Means.OfKnown(_hours.Take(Recent));

    /// <summary>The temperature that the week before leads one to expect of the last hours.</summary>
    public double? Expected => Means.OfKnown(_usual.Take(Recent));

    /// <summary>Distance of the hour so many hours back from what the week before has at this hour of day; null where not known.</summary>
    public double? Departure(int hoursBack) => _hours[hoursBack] - _usual[hoursBack % 24];

    /// <summary>The median swing of the days from first to last back; null of fewer than three.</summary>
    public double? UsualSwing(int first, int last) => Usual(first, last, d => d.Swing);

    /// <summary>The median level of those days; null of fewer than three.</summary>
    public double? UsualLevel(int first, int last) => Usual(first, last, d => d.Level);

    private double? Usual(int first, int last, Func<(double Swing, double Level), double> of)
    {
        Span<double> days = stackalloc double[_days.Length];
        var count = 0;
        for (var d = first; d <= last; d++)
        {
            if (_days[d] is { } day)
                days[count++] = of(day);
        }

        return count >= LeastDays ? Medians.Of(days[..count]) : null;
    }

    private static Span<double> Known(ReadOnlySpan<double?> hours, Span<double> into)
    {
        var count = 0;
        foreach (var hour in hours)
        {
            if (hour is { } value)
                into[count++] = value;
        }

        return into[..count];
    }
}
