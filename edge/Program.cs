using System.ComponentModel.DataAnnotations;
using IotGateway.Edge;
using IotGateway.Edge.Status;

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
    builder.Services.AddSystemd();
    builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));

    builder.AddGateway();
    builder.AddBuffer();
    builder.AddIntake();
    builder.AddSources();
    builder.AddFleet();
    builder.AddUplink();
    builder.AddStatus();

    var app = builder.Build();
    app.OpenBuffer();
    app.LoadSettings();
    app.MapStatus();
    await app.RunAsync();
    return Environment.ExitCode;
}
catch (Exception e) when (e is ValidationException or FormatException or ArgumentException)
{
    Console.Error.WriteLine($"The configuration is wrong. {e.Message}");
    return 2;
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"The gateway cannot start: {e.Message}");
    return 3;
}
