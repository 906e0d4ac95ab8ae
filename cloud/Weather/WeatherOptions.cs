using IotGateway.Cloud.Weather.Providers.Recorded;
using IotGateway.Cloud.Weather.Providers.TheWeatherCompany;
using IotGateway.Hosting.Configuration;

namespace IotGateway.Cloud.Weather;

/// <summary>The configuration section <c>Weather</c>.</summary>
internal sealed class WeatherOptions
{
    /// <summary>Recorded files by the name that a site's <c>Weather</c> gives.</summary>
    public Dictionary<string, RecordedWeatherOptions> Recorded { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Providers to ask, the preferred first. The default is none: nothing is fetched.</summary>
    public List<string> Providers { get; set; } = [];

    /// <summary>Minutes between two questions for a site's weather, 10 to 1440. The default value is 60.</summary>
    public int RefreshMinutes { get; set; } = 60;

    /// <summary>Days back to which the archive is read at first, 0 to <see cref="KeepDays"/>. The default value is 0.</summary>
    public int HistoryDays { get; set; }

    /// <summary>Days that weather is kept, 15 to 3650. The default value is 800.</summary>
    public int KeepDays { get; set; } = 800;

    /// <summary>True to bring temperatures to the site's height by 6.5 K/km. The default value is false.</summary>
    public bool LapseRate { get; set; }

    /// <summary>A mail address or page that NWS may write to; it wants one in the User-Agent.</summary>
    public string Contact { get; set; } = "";

    public TheWeatherCompanyOptions TheWeatherCompany { get; set; } = new();

    /// <summary>More about sites, by their ids.</summary>
    public Dictionary<string, WeatherPlaceOptions> Places { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Other addresses of the providers, by their names: a mirror, or a paid plan's host.</summary>
    public Dictionary<string, string> Addresses { get; set; } = new(StringComparer.Ordinal);

    /// <exception cref="ConfigurationException">A value is wrong; the message names key, value and what was expected.</exception>
    public void Check(IEnumerable<string> sites)
    {
        for (var i = 0; i < Providers.Count; i++)
        {
            Options.Check(
                WeatherProviders.Names.Contains(Providers[i]), $"Weather:Providers:{i}", Providers[i],
                $"one of {string.Join(", ", WeatherProviders.Names)}");
            Options.Check(Providers.IndexOf(Providers[i]) == i, $"Weather:Providers:{i}", Providers[i], "each provider once");
        }

        Options.Check(RefreshMinutes is >= 10 and <= 1440, "Weather:RefreshMinutes", RefreshMinutes, "10 to 1440");
        Options.Check(KeepDays is >= 15 and <= 3650, "Weather:KeepDays", KeepDays, "15 to 3650");
        Options.Check(
            HistoryDays >= 0 && HistoryDays <= KeepDays, "Weather:HistoryDays", HistoryDays, $"0 to {KeepDays}, which is Weather:KeepDays");
        foreach (var provider in WeatherProviders.All.Where(p => Providers.Contains(p.Name)))
            provider.Check?.Invoke(this);
        Options.Check(
            Contact.Length <= 200 && Contact.All(c => c is > ' ' and < '\u007f' and not ('(' or ')')), "Weather:Contact", Contact,
            "at most 200 printable characters without spaces and brackets");
        foreach (var (name, address) in Addresses)
        {
            Options.Check(
                WeatherProviders.Addresses.ContainsKey(name), $"Weather:Addresses:{name}", address,
                $"a name among {string.Join(", ", WeatherProviders.Addresses.Keys)}");
            Options.Check(
                Uri.TryCreate(address, UriKind.Absolute, out var uri)
                    && (uri.Scheme == "https" || (uri.Scheme == "http" && uri.IsLoopback)),
                    $"Weather:Addresses:{name}", address, "an https address (http only on this machine)");
        }

        foreach (var (site, place) in Places)
        {
            Options.Check(sites.Contains(site), $"Weather:Places:{site}", site, "the id of a site");
            Options.Check(
                place.ElevationMetres is null or (>= -430 and <= 9000), $"Weather:Places:{site}:ElevationMetres", place.ElevationMetres,
                "-430 to 9000");
            Options.Check(
                IsStation(place.NwsStation), $"Weather:Places:{site}:NwsStation", place.NwsStation, "a station's id such as KBTV");
            Options.Check(
                IsStation(place.GhcnStation), $"Weather:Places:{site}:GhcnStation", place.GhcnStation,
                "a station's id such as USW00014742");
        }
    }

    private static bool IsStation(string? id) =>
        id is null || (id.Length is >= 3 and <= 20 && id.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c)));

    /// <summary>Reads the section.</summary>
    /// <exception cref="ConfigurationException">A value is wrong; the message names its key.</exception>
    public static WeatherOptions Read(IConfiguration configuration) =>
        configuration.Read("Weather", s => s.Get<WeatherOptions>(Options.Strict));
}

/// <summary>Facts of a site that providers need beyond its coordinates.</summary>
internal sealed class WeatherPlaceOptions
{
    /// <summary>Height above mean sea level, -430 to 9000.</summary>
    public double? ElevationMetres { get; set; }

    /// <summary>The NWS station to take observations from; the nearest when absent.</summary>
    public string? NwsStation { get; set; }

    /// <summary>The GHCN-Daily station; the nearest with temperature and rain when absent.</summary>
    public string? GhcnStation { get; set; }
}
