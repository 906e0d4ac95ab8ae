using IotGateway.Cloud.Data;
using Microsoft.Extensions.Logging.Console;

namespace IotGateway.Cloud;

/// <summary>Ground that the program stands on before its rooms: configuration and logging; and its end.</summary>
internal static class Composition
{
    /// <summary>Threads that may wait for a disk at a time: the committer and one that writes the hot store or settles the log.</summary>
    private const int DiskWaiters = 2;

    private static readonly Dictionary<string, string> Switches = new(StringComparer.Ordinal) { ["--data"] = "Data:Folder", ["--urls"] = "Urls", ["--role"] = "Role" };

    /// <summary>The host's builder with configuration and logging: appsettings.json beside the program, then <c>--config FILE</c>, environment, command line.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        if (Array.IndexOf(args, "--config") is >= 0 and var at)
        {
            var file = at + 1 < args.Length ? Path.GetFullPath(args[at + 1]) : "";
            Options.Check(File.Exists(file), "--config", file, "a JSON file that exists");
            builder.Configuration.AddJsonFile(file, optional: false, reloadOnChange: false);
            builder.Configuration.AddEnvironmentVariables();
        }

        builder.Configuration.AddCommandLine(args, Switches);
        builder.Logging.ClearProviders().AddSimpleConsole(o =>
        {
            o.SingleLine = true;
            o.UseUtcTimestamp = true;
            o.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
            o.ColorBehavior = LoggerColorBehavior.Disabled;
        });

        // Now and then some wait for a disk; without others in their stead cores would wait with them.
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, Environment.ProcessorCount + DiskWaiters), ports);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(9));
        return builder;
    }

    /// <summary>Runs until asked to stop.</summary>
    /// <returns>The exit code: 0 when it was asked, 1 when a worker failed, so that the supervisor starts it again.</returns>
    public static async Task<int> ServeAsync(this WebApplication app)
    {
        var workers = app.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToArray();
        await app.RunAsync();
        return Array.Exists(workers, w => w.ExecuteTask is { IsFaulted: true }) ? 1 : 0;
    }
}
