namespace IotGateway.Cloud.Weather.Hours;

/// <summary>
/// A place's hours with the as-of join: what was known of the weather at a time. An hour may be there in several versions, each with
/// the time since when it is known; an observation goes before any estimate, a later estimate before an earlier one. What a version
/// lacks it has from the one of its kind before it.
/// </summary>
internal sealed class WeatherSeries
{
    /// <summary>Greatest age of weather that still stands for the weather at a time.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromHours(2);

    private readonly WeatherHour[] _versions;
    private readonly WeatherHour[] _hours;

    public WeatherSeries(string source, string attribution, IEnumerable<WeatherHour> hours)
    {
        Source = source;
        Attribution = attribution;
        _versions = [.. hours.OrderBy(h => h.Time).ThenBy(h => h.Kind == WeatherKind.Observation).ThenBy(h => h.Issued)];
        Complete(_versions);
        _hours = [.. _versions.Where((h, i) => i + 1 == _versions.Length || _versions[i + 1].Time != h.Time)];
    }

    /// <summary>Name of the series in the configuration.</summary>
    public string Source { get; }

    /// <summary>Whom to name where it is shown.</summary>
    public string Attribution { get; }

    /// <summary>Number of hours, each counted once.</summary>
    public int Count => _hours.Length;

    /// <summary>All that is known of each hour, in the order of time.</summary>
    public IReadOnlyList<WeatherHour> Versions => _versions;

    /// <summary>
    /// The weather at a time as it was known at that time: <see cref="AsOf(DateTimeOffset, DateTimeOffset)"/> with both the same.
    /// </summary>
    public WeatherHour? AsOf(DateTimeOffset time) => AsOf(time, time);

    /// <summary>
    /// The newest hour with a temperature at or before <paramref name="valid"/>, of what was issued by <paramref name="knownAt"/>;
    /// null when there is none within <see cref="MaxAge"/>. Never looks ahead, neither in validity nor in knowledge.
    /// </summary>
    public WeatherHour? AsOf(DateTimeOffset valid, DateTimeOffset knownAt)
    {
        for (var i = UpperBound(_versions, valid) - 1; i >= 0 && valid - _versions[i].Time <= MaxAge; i--)
        {
            if (_versions[i].TemperatureCelsius is not null && _versions[i].Issued <= knownAt)
                return _versions[i];
        }

        return null;
    }

    /// <summary>
    /// Hours with <paramref name="from"/> ≤ time &lt; <paramref name="to"/> as they are known now, those without values included.
    /// </summary>
    public ReadOnlySpan<WeatherHour> Range(DateTimeOffset from, DateTimeOffset to)
    {
        var start = LowerBound(_hours, from);
        return _hours.AsSpan(start, Math.Max(0, LowerBound(_hours, to) - start));
    }

    /// <summary>The same hours as they were known at a time: one version each, none for an hour of which nothing was known.</summary>
    public IReadOnlyList<WeatherHour> Range(DateTimeOffset from, DateTimeOffset to, DateTimeOffset knownAt)
    {
        var known = new List<WeatherHour>();
        for (var i = LowerBound(_versions, from); i < _versions.Length && _versions[i].Time < to; i++)
        {
            if (_versions[i].Issued > knownAt)
                continue;
            if (known.Count > 0 && known[^1].Time == _versions[i].Time)
                known[^1] = _versions[i];
            else
                known.Add(_versions[i]);
        }

        return known;
    }

    /// <summary>Each version with what it lacks from the one of its kind before it, which was known then too.</summary>
    private static void Complete(WeatherHour[] versions)
    {
        var last = new WeatherHour?[Enum.GetValues<WeatherKind>().Length];
        for (var i = 0; i < versions.Length; i++)
        {
            var before = last[(int)versions[i].Kind];
            if (before?.Time == versions[i].Time)
                versions[i] = versions[i].Over(before);
            last[(int)versions[i].Kind] = versions[i];
        }
    }

    private static int LowerBound(WeatherHour[] hours, DateTimeOffset time) =>
        time == DateTimeOffset.MinValue ? 0 : UpperBound(hours, time.AddTicks(-1));

    private static int UpperBound(WeatherHour[] hours, DateTimeOffset time)
    {
        int low = 0, high = hours.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (hours[middle].Time <= time)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
