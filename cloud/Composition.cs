using IotGateway.Cloud.Disease;
using IotGateway.Cloud.Fleet;
using IotGateway.Cloud.Forecasts;
using IotGateway.Cloud.Hives;
using IotGateway.Cloud.Ingest;
using IotGateway.Cloud.Lake;
using IotGateway.Cloud.Objects;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Operations;
using IotGateway.Cloud.Regions;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Weather;
using IotGateway.Cloud.Web;
using IotGateway.Hosting;
using IotGateway.Hosting.Configuration;

namespace IotGateway.Cloud;

/// <summary>The cloud's rooms put together, for the program, its commands and the tests; the only place that knows them all.</summary>
internal static class Composition
{
    /// <summary>Threads that may wait for a disk at a time: the committer and one that writes the hot store or archives the log.</summary>
    private const int DiskWaiters = 2;

    private static readonly string[] Sections =
    [
        "Role", "Data", "Apiary", "Ingest", "Queue", "Answers", "Aws", "Lake", "Curated", "Observations", "Weather", "Fleet", "Visits",
        "Serving", "Regions", "Urls", "HTTP_PORTS", "HTTPS_PORTS", "AllowRemote", "AllowedHosts", "Kestrel", "Logging",
    ];

    private static readonly Dictionary<string, string> Switches = new(StringComparer.Ordinal)
    {
        ["--data"] = "Data:Folder",
        ["--urls"] = "Urls",
        ["--role"] = "Role",
    };

    /// <summary>The host's builder with configuration and logging.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddFileAndArguments(args, Sections, Switches);
        builder.Logging.AddConsoleLog();

        // Now and then some wait for a disk; without others in their stead cores would wait with them.
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, Environment.ProcessorCount + DiskWaiters), ports);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(9));
        return builder;
    }

    /// <summary>
    /// Adds the rooms on a data folder that is added already. Workers start in this order, those of the role alone, and stop in the
    /// reverse.
    /// </summary>
    public static void AddCloud(this WebApplicationBuilder builder, Role role)
    {
        var apiary = builder.AddSites();
        builder.AddWeather(apiary, refreshes: role.Web || role.Transform || role.Forecast);
        builder.AddObservations();
        builder.AddObjects();
        builder.AddLake(role.Transform);
        builder.AddIngest(role.Ingest);
        builder.AddFleet();
        builder.AddForecasts(role.Forecast);
        builder.AddHives(role.Forecast);
        builder.AddOperations();
        builder.AddDisease();
        builder.AddRegions(role.Forecast);
        builder.AddWeb();
    }

    /// <summary>Maps what the role answers; how the process is, whatever the role.</summary>
    public static void MapCloud(this WebApplication app, Role role)
    {
        app.UseFinalAnswers();
        app.MapProcess();
        if (role.Ingest)
            app.MapIngest();
        if (role.Web)
        {
            app.MapForecasts();
            app.MapHives();
            app.MapWeather();
            app.MapOperations();
            app.MapDisease();
            app.MapRegions();
            app.MapFleet();
            app.MapWeb();
        }
    }
}
