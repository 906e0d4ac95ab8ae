using IotGateway.Edge;
using IotGateway.Edge.Settings;
using IotGateway.Hosting;
using IotGateway.Storage.Files;

PrivateModes.ByDefault();
if (Commands.Find(args) is { } command)
    return command(args, Console.Out, Console.Error);

return await RunToEnd.GuardedAsync(
    async () =>
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddGatewayConfiguration(args);
        builder.Logging.AddConsoleLog();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));
        builder.AddGateway();

        var app = builder.Build();
        app.OpenGateway();
        return await app.RunToEndAsync();
    },
    Console.Error);
