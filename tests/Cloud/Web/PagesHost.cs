using System.Globalization;
using IotGateway.Cloud.Data;
using IotGateway.Cloud.Disease;
using IotGateway.Cloud.Enrolment;
using IotGateway.Cloud.Fleet;
using IotGateway.Cloud.Forecasts;
using IotGateway.Cloud.Hives;
using IotGateway.Cloud.Ingest.Status;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Observations.Lite;
using IotGateway.Cloud.Operations;
using IotGateway.Cloud.Regions;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Weather;
using IotGateway.Cloud.Weather.Hours;
using IotGateway.Cloud.Weather.Live;
using IotGateway.Cloud.Web;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace IotGateway.Cloud.Tests.Web;

/// <summary>The forecasts and the pages alone, on a free port, over a store that the test fills.</summary>
internal sealed class PagesHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private long _sequence = 1;

    private PagesHost(WebApplication app, HttpClient client) => (_app, Client) = (app, client);

    public HttpClient Client { get; }

    public static async Task<PagesHost> StartAsync(
        string folder, Apiary apiary, WeatherSeries? weather = null, TimeProvider? time = null, string url = "http://127.0.0.1:0",
        bool judging = true, Action<IServiceCollection>? also = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = [] });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        var services = builder.Services;
        services.AddSingleton(new DataFolder(folder));
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddSingleton(apiary);
        services.AddSingleton(new WeatherRegistry(weather is null ? [] : [weather]));
        services.AddSingleton(new LiveWeather(
            new WeatherOptions(), apiary, [], new WeatherCache(Path.Combine(folder, "weather"), false, NullLogger<WeatherCache>.Instance),
            time ?? TimeProvider.System));
        services.AddSingleton<ChangeFeed>();
        services.AddSingleton<SiteClock>();
        services.AddSingleton<GatewayRegistry>();
        services.AddSingleton(new EnrolledGateways(Path.Combine(folder, "pki")));
        services.AddSingleton(p => new Shadows(
            p.GetRequiredService<DataFolder>().Shadows, p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<Shadows>>()));
        services.AddSingleton(_ => new LiteObservations(Path.Combine(folder, "hot.db")));
        services.AddSingleton<IObservations>(p => p.GetRequiredService<LiteObservations>());
        builder.AddForecasts();
        builder.AddHives();
        also?.Invoke(services);
        if (!judging)
            services.RemoveAll<IHostedService>();
        builder.AddWeb();
        builder.AddOperations();
        builder.AddDisease();
        builder.AddRegions(judging);
        var app = builder.Build();
        app.UseFinalAnswers();
        app.MapForecasts();
        app.MapHives();
        app.MapOperations();
        app.MapDisease();
        app.MapRegions();
        app.MapWeb();
        await app.StartAsync();
        return new PagesHost(app, new HttpClient { BaseAddress = new Uri(app.Urls.First()), Timeout = TimeSpan.FromSeconds(60) });
    }

    public IServiceProvider Services => _app.Services;

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public void Store(DeviceId device, string metric, IEnumerable<(DateTimeOffset Time, double Value)> values)
    {
        Reading[] readings =
        [
            .. values.Select(v => new Reading(device, metric, v.Time, v.Value, Metrics.Find(metric)!.Unit, Quality.Good, v.Time)),
        ];
        Get<LiteObservations>().Store([new Batch("gw", "s1", _sequence, _sequence, readings[^1].Time, "synchronised", [], readings)]);
        _sequence++;
    }

    public static Apiary Apiary(Origin origin, params (string Id, string Name)[] hives)
    {
        var options = new ApiaryOptions
        {
            Sites =
            [
                new SiteOptions
                {
                    Id = "montreal", Name = "Montreal", Latitude = 45.5, Longitude = -73.6, TimeZone = "America/Toronto", Origin = origin,
                    Weather = "montreal",
                    Attribution = "UrBAN (Abdollahi et al. 2024), Federated Research Data Repository, doi 10.20383/103.0972, CC BY 4.0",
                },
            ],
        };
        options.Hives.AddRange(
            hives.Select(h => new HiveOptions { Id = h.Id, Name = h.Name, Site = "montreal", Device = Device(h.Id).ToString() }));
        return IotGateway.Cloud.Sites.Apiary.From(options);
    }

    public static DeviceId Device(string hive) => DeviceId.Parse("node-" + hive);

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
