using System.Collections.Concurrent;
using System.Collections.Frozen;
using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Weather;

/// <summary>The weather this cloud has: recorded series by the name that a site's <see cref="Site.Weather"/> gives, fetched ones by site.</summary>
internal sealed class WeatherRegistry
{
    private readonly FrozenDictionary<string, WeatherSeries> _recorded;
    private readonly ConcurrentDictionary<string, WeatherSeries> _fetched = new(StringComparer.Ordinal);

    public WeatherRegistry(IEnumerable<WeatherSeries> recorded) => _recorded = recorded.ToFrozenDictionary(s => s.Source, StringComparer.Ordinal);

    /// <summary>The weather of a site as it is known now; null when it has none.</summary>
    public WeatherSeries? For(Site site) => site.Weather is { } name && _recorded.TryGetValue(name, out var recorded) ? recorded : _fetched.GetValueOrDefault(site.Id);

    /// <summary>Shows a site's fetched weather from now on; null for none.</summary>
    public void Put(string site, WeatherSeries? series)
    {
        if (series is null)
            _fetched.TryRemove(site, out _);
        else
            _fetched[site] = series;
    }

    /// <summary>Reads the recorded files and checks that each site's source is among them or among the providers.</summary>
    /// <exception cref="FormatException">A file cannot be read or a site names a source that is not there; the message names the key.</exception>
    public static WeatherRegistry From(WeatherOptions options, IReadOnlyList<Site> sites)
    {
        options.Check(sites.Select(s => s.Id));
        var book = new WeatherRegistry(options.Recorded.Select(r => RecordedWeather.Read(r.Key, r.Value)));
        for (var i = 0; i < sites.Count; i++)
        {
            if (sites[i].Weather is { } name && !book._recorded.ContainsKey(name) && !options.Providers.Contains(name))
            {
                throw new FormatException(
                    $"Apiary:Sites:{i}:Weather is '{name}'; expected none, a name under Weather:Recorded ({string.Join(", ", options.Recorded.Keys)}) or one of Weather:Providers ({string.Join(", ", options.Providers)}).");
            }
        }

        return book;
    }
}
