using System.Collections.Concurrent;

namespace IotGateway.Cloud.Weather.Days;

/// <summary>The days that stations gave for sites, by site.</summary>
internal sealed class DayRegistry
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<DayWeather>> _days = new(StringComparer.Ordinal);

    public IReadOnlyList<DayWeather> For(string site) => _days.GetValueOrDefault(site) ?? [];

    public void Put(string site, IReadOnlyList<DayWeather> days) => _days[site] = days;
}
