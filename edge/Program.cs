using System.ComponentModel.DataAnnotations;
using IotGateway.Edge;
using IotGateway.Edge.Settings;
using IotGateway.Hosting;

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

    var app = builder.Build();
    app.OpenGateway();
    return await app.RunToEndAsync();
}
catch (Exception e) when (e is ValidationException or FormatException or ArgumentException or InvalidDataException)
{
    Console.Error.WriteLine($"The configuration is wrong. {e.Message}");
    return ExitCode.Configuration;
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"The gateway cannot start: {e.Message}");
    return ExitCode.CannotUse;
}
