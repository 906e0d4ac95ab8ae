using IotGateway.Edge.Objects.Incoming;
using IotGateway.Edge.Objects.Sending;
using IotGateway.Edge.Problems;
using IotGateway.Edge.Settings;
using IotGateway.Hosting;

namespace IotGateway.Edge.Objects;

/// <summary>The room's entry: images and archives, sent on their own; without a bucket the outbox alone stands ready.</summary>
internal static class ObjectsRoom
{
    public static void AddObjects(this IHostApplicationBuilder builder)
    {
        var options = ObjectOptions.Read(builder.Configuration);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<ObjectStatus>();
        builder.Services.AddSingleton<IProblems, ObjectProblems>();
        builder.Services.AddSingleton(services => ObjectOutbox.Open(
            services.DataFolder("objects"), options, services.GetRequiredService<Counters>(), services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<ObjectOutbox>>()));
        if (!options.Enabled)
            return;
        builder.Services.AddSingleton(services => new ObjectStore(options, services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton(services => new ObjectSender(
            services.GetRequiredService<GatewayOptions>().Name, options, services.GetRequiredService<ObjectOutbox>(),
            services.GetRequiredService<ObjectStore>(),
            services.GetRequiredService<ILogger<ObjectSender>>()));
        builder.Services.AddHostedService<ObjectForwarder>();
        builder.Services.AddHostedService(services =>
            ActivatorUtilities.CreateInstance<IncomingFolder>(services, Path.Combine(services.DataFolder("objects"), "incoming")));
    }
}
