using System.Diagnostics.CodeAnalysis;
using IotGateway.Cloud.Data;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Weather.Api;
using IotGateway.Cloud.Weather.Days;
using IotGateway.Cloud.Weather.Live;
using IotGateway.Cloud.Weather.Providers;
using IotGateway.Cloud.Web;

namespace IotGateway.Cloud.Weather;

/// <summary>The room's entry: the recorded weather, read at start, and the providers that the configuration names.</summary>
internal static class WeatherRoom
{
    /// <summary>Adds the room; without <paramref name="refreshes"/> nothing is asked of providers.</summary>
    public static void AddWeather(this WebApplicationBuilder builder, Apiary apiary, bool refreshes = true)
    {
        var options = builder.Configuration.Read<WeatherOptions>("Weather");
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(WeatherRegistry.From(options, apiary.Sites));
        builder.Services.AddSingleton(s => new WeatherLine(WeatherLine.Client(), s.GetRequiredService<TimeProvider>(), Jitter));
        builder.Services.AddSingleton(s => new WeatherCache(Folder(s), options.LapseRate, s.GetRequiredService<ILogger<WeatherCache>>()));
        builder.Services.AddSingleton(s => new LiveWeather(
            options, apiary, [.. options.Providers.Select(name => Provider(name, options, s)).OfType<IWeatherProvider>()],
            s.GetRequiredService<WeatherCache>(), s.GetRequiredService<TimeProvider>()));
        if (refreshes)
            builder.Services.AddHostedService<WeatherRefresh>();
        builder.Services.AddSingleton<DayRegistry>();
        builder.Services.AddSingleton(s => new DailyRefresh(
            new Ghcn(s.GetRequiredService<WeatherLine>(), WeatherAddresses.Of(options, Ghcn.ProviderName)), LiveWeather.DailyPlaces(options, apiary), s.GetRequiredService<DayRegistry>(),
            Folder(s), options.KeepDays, s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<DailyRefresh>>()));
        if (refreshes)
            builder.Services.AddHostedService(s => s.GetRequiredService<DailyRefresh>());
    }

    public static void MapWeather(this IEndpointRouteBuilder routes) => routes.WithAnswerHeaders().MapWeatherApi();

    private static string Folder(IServiceProvider services) => Path.Combine(services.GetRequiredService<DataFolder>().Path, "weather");

    private static IWeatherProvider? Provider(string name, WeatherOptions options, IServiceProvider services)
    {
        var (line, time) = (services.GetRequiredService<WeatherLine>(), services.GetRequiredService<TimeProvider>());
        return name switch
        {
            "open-meteo" => new OpenMeteo(line, WeatherAddresses.Of(options, name), WeatherAddresses.Of(options, "open-meteo-archive"), time),
            "nws" => new Nws(line, WeatherAddresses.Of(options, name), options.Contact, time),
            "the-weather-company" => new TheWeatherCompany(line, WeatherAddresses.Of(options, name), options.TheWeatherCompany, time),
            _ => null,
        };
    }

    [SuppressMessage("Security", "CA5394", Justification = "Jitter is no secret.")]
    private static double Jitter() => Random.Shared.NextDouble();
}
