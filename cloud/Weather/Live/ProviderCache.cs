using IotGateway.Cloud.Weather.Hours;
using IotGateway.Cloud.Weather.Providers;

namespace IotGateway.Cloud.Weather.Live;

/// <summary>
/// Cache of what one provider said of one site: the versions of each hour. A version that says the same as the one before is not kept. Of
/// hours more than two weeks old two versions stay: what was known when the hour came, and what is known now. So a backtest "as known then"
/// stays exact, and a year is some 17,000 rows. Not for use by two threads at once.
/// </summary>
internal sealed class ProviderCache(IWeatherProvider provider, WeatherPlace place)
{
    /// <summary>Time that all versions of an hour are kept.</summary>
    public static readonly TimeSpan AllVersions = TimeSpan.FromDays(14);

    private readonly SortedDictionary<DateTimeOffset, List<WeatherHour>> _hours = [];

    public IWeatherProvider Provider => provider;

    public WeatherPlace Place => place;

    public DateTimeOffset? LastSuccess { get; private set; }

    public WeatherFailure? LastError { get; private set; }

    public DateTimeOffset? LastErrorAt { get; private set; }

    public int FailuresInARow { get; private set; }

    public long ValuesRefused { get; private set; }

    public IReadOnlyList<WeatherPoint> Points { get; private set; } = [];

    public IEnumerable<WeatherHour> Versions => _hours.Values.SelectMany(v => v);

    /// <summary>The first hour there is something of; null when there is none.</summary>
    public DateTimeOffset? Oldest => _hours.Count > 0 ? _hours.Keys.First() : null;

    /// <summary>Takes an answer.</summary>
    /// <param name="answer">What it says.</param>
    /// <param name="lapseRate">Whether temperatures are brought to the site's height.</param>
    /// <param name="now">When it came.</param>
    public void Take(WeatherAnswer answer, bool lapseRate, DateTimeOffset now)
    {
        foreach (var part in answer.Parts)
        {
            foreach (var hour in part.Hours)
                Add(lapseRate ? LapseRate.ToSite(hour, part.Point) : hour);
        }

        Points = [.. answer.Parts.Select(p => p.Point)];
        ValuesRefused += answer.Refused;
        (LastSuccess, LastError, LastErrorAt, FailuresInARow) = (now, answer.Missing, answer.Missing is null ? null : now, 0);
    }

    /// <summary>Puts back what was kept on disk.</summary>
    public void Restore(IEnumerable<WeatherHour> hours, IReadOnlyList<WeatherPoint> points, DateTimeOffset lastSuccess)
    {
        foreach (var hour in hours)
            Add(hour);
        (Points, LastSuccess) = (points, lastSuccess);
    }

    public void Fail(WeatherFailure failure, DateTimeOffset now) =>
        (LastError, LastErrorAt, FailuresInARow) = (failure, now, FailuresInARow + 1);

    /// <summary>Books a failure that leaves what is there as fresh as it was.</summary>
    public void Miss(WeatherFailure failure, DateTimeOffset now) => (LastError, LastErrorAt) = (failure, now);

    /// <summary>Lets go of what is older than <paramref name="keep"/> and of versions that nobody asks for any more.</summary>
    public void Thin(DateTimeOffset now, TimeSpan keep)
    {
        var old = keep < AllVersions ? keep : AllVersions;
        foreach (var time in _hours.Keys.TakeWhile(t => t < now - old).ToArray())
        {
            if (time < now - keep)
                _hours.Remove(time);
            else if (_hours[time] is { Count: > 2 } versions)
                _hours[time] = [.. new[] { Best(versions.Where(v => v.Issued <= time)) ?? versions[0], Best(versions)! }.Distinct()];
        }
    }

    /// <summary>
    /// The version that <see cref="WeatherSeries"/> takes: an observation before any estimate, then what was issued last.
    /// </summary>
    private static WeatherHour? Best(IEnumerable<WeatherHour> versions) =>
        versions.MaxBy(v => (v.Kind == WeatherKind.Observation, v.Issued));

    private void Add(WeatherHour hour)
    {
        if (!_hours.TryGetValue(hour.Time, out var versions))
            _hours[hour.Time] = versions = [];
        var at = versions.FindLastIndex(v => v.Issued <= hour.Issued);

        // What an answer leaves out still stands as it was told before, such as the rain of its first hour where rain is told of the hour
        // to come. The same report read again is another matter: what it has lost since was taken back.
        hour = hour.Over(versions.FindLast(v => v.Issued < hour.Issued && v.Kind == hour.Kind));
        if (at >= 0 && versions[at] with { Issued = hour.Issued } == hour)
            return;
        if (at >= 0 && (versions[at].Issued, versions[at].Kind) == (hour.Issued, hour.Kind))
            versions[at] = hour;
        else
            versions.Insert(at + 1, hour);
    }
}
