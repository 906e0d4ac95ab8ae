using IotGateway.Cloud;
using IotGateway.Cloud.Data;
using IotGateway.Hosting;
using IotGateway.Storage.Files;

PrivateModes.ByDefault();
return await RunToEnd.GuardedAsync(
    async () =>
    {
        if (await Commands.RunAsync(args) is { } done)
            return done;

        var builder = Composition.CreateBuilder(args);
        var role = Role.Read(builder.Configuration);
        using var hold = builder.AddData();
        builder.AddCloud(role);
        await using var app = builder.Build();
        app.MapCloud(role);
        return await app.RunToEndAsync();
    },
    Console.Error);
