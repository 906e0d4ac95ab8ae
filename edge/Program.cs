using System.ComponentModel.DataAnnotations;
using IotGateway.Edge;
using IotGateway.Edge.Status;
using IotGateway.Edge.Watchdog;

if (Commands.Find(args) is { } command)
    return command(args, Console.Out, Console.Error);

try
{
    var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
    builder.Configuration.AddGatewayConfiguration(args);
    builder.Logging.AddSimpleConsole(console =>
    {
        console.SingleLine = true;
        console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss'Z' ";
        console.UseUtcTimestamp = true;
    });
    builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));

    builder.AddGateway();
    builder.AddClock();
    builder.AddBuffer();
    builder.AddIntake();
    builder.AddSources();
    builder.AddFleet();
    builder.AddUplink();
    builder.AddObjects();
    builder.AddStatus();
    builder.AddLifeSign();

    var app = builder.Build();
    app.OpenBuffer();
    app.LoadSettings();
    app.MapStatus();
    var lifeSign = app.Services.GetRequiredService<LifeSign>();
    var workers = app.Workers();
    await app.RunAsync();
    return lifeSign.Failed || workers.Any(w => w.ExecuteTask is { IsFaulted: true }) ? 4 : Environment.ExitCode;
}
catch (Exception e) when (e is ValidationException or FormatException or ArgumentException or InvalidDataException)
{
    Console.Error.WriteLine($"The configuration is wrong. {e.Message}");
    return 2;
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"The gateway cannot start: {e.Message}");
    return 3;
}
