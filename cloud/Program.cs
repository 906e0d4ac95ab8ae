using System.Net.Sockets;
using IotGateway.Cloud;
using IotGateway.Cloud.Data;
using IotGateway.Cloud.Fleet;
using IotGateway.Cloud.Hives;
using IotGateway.Cloud.Ingest;
using IotGateway.Cloud.Lake;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Operations;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Weather;
using IotGateway.Cloud.Web;

try
{
    if (await Commands.RunAsync(args) is { } done)
        return done;

    var builder = Composition.CreateBuilder(args);
    var role = Role.Read(builder.Configuration);
    using var hold = builder.AddData();
    var apiary = builder.AddSites();
    builder.AddWeather(apiary, refreshes: role.Web || role.Transform || role.Forecast);
    builder.AddObservations();
    builder.AddLake(role.Transform);
    builder.AddIngest(role.Ingest);
    builder.AddFleet();
    builder.AddHives(role.Forecast);
    builder.AddOperations();
    builder.AddWeb();

    await using var app = builder.Build();
    app.MapProcess();
    if (role.Ingest)
        app.MapIngest();
    if (role.Web)
    {
        app.MapHives();
        app.MapWeather();
        app.MapOperations();
        app.MapFleet();
        app.MapWeb();
    }

    return await app.ServeAsync();
}
catch (Exception e) when (e is FormatException or InvalidDataException)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
catch (Exception e) when (e is IOException or SocketException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
