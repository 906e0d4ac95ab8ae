using System.Collections.Frozen;
using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Weather;

/// <summary>The weather series this cloud has, by the name that a site's <see cref="Site.Weather"/> gives.</summary>
internal sealed class WeatherBook
{
    private readonly FrozenDictionary<string, WeatherSeries> _series;

    public WeatherBook(IEnumerable<WeatherSeries> series) => _series = series.ToFrozenDictionary(s => s.Source, StringComparer.Ordinal);

    public IReadOnlyList<WeatherSeries> All => _series.Values;

    /// <summary>The weather of a site; null when it has no source.</summary>
    public WeatherSeries? For(Site site) => site.Weather is { } name ? _series.GetValueOrDefault(name) : null;

    /// <summary>Reads the recorded files and checks that each site's source is among them.</summary>
    /// <exception cref="FormatException">A file cannot be read or a site names a source that is not there; the message names the key.</exception>
    public static WeatherBook From(WeatherOptions options, IReadOnlyList<Site> sites)
    {
        var book = new WeatherBook(options.Recorded.Select(r => RecordedWeather.Read(r.Key, r.Value)));
        for (var i = 0; i < sites.Count; i++)
        {
            if (sites[i].Weather is { } name && !book._series.ContainsKey(name))
            {
                throw new FormatException(
                    $"Apiary:Sites:{i}:Weather is '{name}'; expected none or a name under Weather:Recorded ({string.Join(", ", options.Recorded.Keys)}).");
            }
        }

        return book;
    }
}
