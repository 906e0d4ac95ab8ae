using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Weather.Providers;
using IotGateway.Cloud.Weather.Providers.GhcnDaily;

namespace IotGateway.Cloud.Weather.Live;

/// <summary>The sites whose weather comes from providers: live ones that name no recorded file.</summary>
internal sealed class LiveWeather
{
    public LiveWeather(
        WeatherOptions options, Apiary apiary, IReadOnlyList<IWeatherProvider> providers, WeatherCache cache, TimeProvider time)
    {
        Every = TimeSpan.FromMinutes(options.RefreshMinutes);
        Sites =
        [
            .. apiary.Sites
                .Where(s => IsLive(s, options))
                .Select(s => new LiveSite(s.Id, Caches(s, options, providers), cache, options, time)),
        ];
    }

    public IReadOnlyList<LiveSite> Sites { get; }

    public TimeSpan Every { get; }

    /// <summary>States of all providers, site by site.</summary>
    public IReadOnlyList<WeatherState> States => [.. Sites.SelectMany(s => s.States)];

    /// <summary>The places whose days a GHCN-Daily station gives; none when that provider is not named.</summary>
    public static IReadOnlyList<WeatherPlace> DailyPlaces(WeatherOptions options, Apiary apiary) =>
        !options.Providers.Contains(GhcnDailyProvider.ProviderName) ? [] :
        [
            .. apiary.Sites.Where(s => IsLive(s, options)).Select(s => (Site: s, More: options.Places.GetValueOrDefault(s.Id)))
                .Select(s => new WeatherPlace(s.Site.Id, s.Site.Latitude, s.Site.Longitude, s.More?.ElevationMetres, s.More?.GhcnStation)),
        ];

    /// <summary>A replayed or drawn site's clock stands in the past: what providers say of now is not its weather.</summary>
    private static bool IsLive(Site site, WeatherOptions options) =>
        site.Origin == Origin.Live && options.Providers.Count > 0 && (site.Weather is null || !options.Recorded.ContainsKey(site.Weather));

    private static ProviderCache[] Caches(Site site, WeatherOptions options, IReadOnlyList<IWeatherProvider> providers)
    {
        var more = options.Places.GetValueOrDefault(site.Id);
        var place = new WeatherPlace(site.Id, site.Latitude, site.Longitude, more?.ElevationMetres, more?.NwsStation);
        return [.. providers.Where(p => site.Weather is null || site.Weather == p.Name).Select(p => new ProviderCache(p, place))];
    }
}
