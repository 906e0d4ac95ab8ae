using System.Diagnostics.CodeAnalysis;
using IotGateway.Cloud.Data;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Weather.Api;
using IotGateway.Cloud.Weather.Days;
using IotGateway.Cloud.Weather.Hours;
using IotGateway.Cloud.Weather.Live;
using IotGateway.Cloud.Weather.Providers;
using IotGateway.Cloud.Weather.Providers.GhcnDaily;
using IotGateway.Cloud.Weather.Providers.Recorded;
using IotGateway.Cloud.Web;
using IotGateway.Hosting.Configuration;

namespace IotGateway.Cloud.Weather;

/// <summary>The room's entry: the recorded weather, read at start, and the providers that the configuration names.</summary>
internal static class WeatherRoom
{
    /// <summary>Adds the room; without <paramref name="refreshes"/> nothing is asked of providers.</summary>
    public static void AddWeather(this WebApplicationBuilder builder, Apiary apiary, bool refreshes = true)
    {
        var options = WeatherOptions.Read(builder.Configuration);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(Read(options, apiary.Sites));
        builder.Services.AddSingleton(s => new WeatherLine(WeatherLine.Client(), s.GetRequiredService<TimeProvider>(), Jitter));
        builder.Services.AddSingleton(s => new WeatherCache(Folder(s), options.LapseRate, s.GetRequiredService<ILogger<WeatherCache>>()));
        builder.Services.AddSingleton(s => new LiveWeather(
            options, apiary,
            WeatherProviders.Create(new ProviderSetup(options, s.GetRequiredService<WeatherLine>(), s.GetRequiredService<TimeProvider>())),
            s.GetRequiredService<WeatherCache>(), s.GetRequiredService<TimeProvider>()));
        if (refreshes)
            builder.Services.AddHostedService<WeatherRefresh>();
        builder.Services.AddSingleton<DayRegistry>();
        builder.Services.AddSingleton(s => new DailyRefresh(
            new GhcnDailyProvider(s.GetRequiredService<WeatherLine>(), WeatherProviders.AddressOf(options, GhcnDailyProvider.ProviderName)),
            LiveWeather.DailyPlaces(options, apiary), s.GetRequiredService<DayRegistry>(),
            Folder(s), options.KeepDays, s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<DailyRefresh>>()));
        if (refreshes)
            builder.Services.AddHostedService(s => s.GetRequiredService<DailyRefresh>());
    }

    public static void MapWeather(this IEndpointRouteBuilder routes) => routes.WithAnswerHeaders().MapWeatherApi();

    private static string Folder(IServiceProvider services) => Path.Combine(services.GetRequiredService<DataFolder>().Path, "weather");

    /// <summary>Reads the recorded files and checks that each site's source is among them or among the providers.</summary>
    /// <exception cref="FormatException">A file cannot be read or a site names a source that is not there; the message names the
    /// key.</exception>
    internal static WeatherRegistry Read(WeatherOptions options, IReadOnlyList<Site> sites)
    {
        options.Check(sites.Select(s => s.Id));
        for (var i = 0; i < sites.Count; i++)
        {
            Options.Check(
                sites[i].Weather is not { } name || options.Recorded.ContainsKey(name) || options.Providers.Contains(name),
                $"Apiary:Sites:{i}:Weather", sites[i].Weather,
                $"none, a name under Weather:Recorded ({string.Join(", ", options.Recorded.Keys)}) or one of Weather:Providers "
                    + $"({string.Join(", ", options.Providers)})");
        }

        return new WeatherRegistry(options.Recorded.Select(r => RecordedWeather.Read(r.Key, r.Value)));
    }

    [SuppressMessage("Security", "CA5394", Justification = "Jitter is no secret.")]
    private static double Jitter() => Random.Shared.NextDouble();
}
