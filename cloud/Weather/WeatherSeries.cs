namespace IotGateway.Cloud.Weather;

/// <summary>A place's hours, in time order, with the as-of join: what was known of the weather at a time.</summary>
internal sealed class WeatherSeries
{
    /// <summary>How old an observation may be and still stand for the weather at a time.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromHours(2);

    private readonly WeatherHour[] _hours;

    public WeatherSeries(string source, string attribution, IEnumerable<WeatherHour> hours)
    {
        Source = source;
        Attribution = attribution;
        _hours = [.. hours.OrderBy(h => h.Time)];
    }

    /// <summary>What the series is called in the configuration.</summary>
    public string Source { get; }

    /// <summary>Whom to name where it is shown.</summary>
    public string Attribution { get; }

    public int Count => _hours.Length;

    /// <summary>The newest hour with a temperature at or before <paramref name="time"/>; null when there is none within <see cref="MaxAge"/>. Never looks ahead.</summary>
    public WeatherHour? AsOf(DateTimeOffset time)
    {
        for (var i = UpperBound(time) - 1; i >= 0 && time - _hours[i].Time <= MaxAge; i--)
        {
            if (_hours[i].TemperatureCelsius is not null)
                return _hours[i];
        }

        return null;
    }

    /// <summary>Hours with <paramref name="from"/> ≤ time &lt; <paramref name="to"/>, those without values included.</summary>
    public ReadOnlySpan<WeatherHour> Range(DateTimeOffset from, DateTimeOffset to)
    {
        var start = LowerBound(from);
        return _hours.AsSpan(start, Math.Max(0, LowerBound(to) - start));
    }

    private int LowerBound(DateTimeOffset time) => time == DateTimeOffset.MinValue ? 0 : UpperBound(time.AddTicks(-1));

    private int UpperBound(DateTimeOffset time)
    {
        int low = 0, high = _hours.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_hours[middle].Time <= time)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
