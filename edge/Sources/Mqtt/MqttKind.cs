using IotGateway.Edge.Decode;
using IotGateway.Edge.Decode.Dialects;
using IotGateway.Edge.Settings;
using IotGateway.Edge.Sources.Contract;
using IotGateway.Hosting.Configuration;

namespace IotGateway.Edge.Sources.Mqtt;

/// <summary>The kind <c>mqtt</c>: a network server's MQTT broker.</summary>
internal static class MqttKind
{
    public static readonly SourceKind Kind = new("mqtt", Add);

    private static string Add(IHostApplicationBuilder builder, IConfigurationSection section)
    {
        var options = MqttSourceOptions.Read(builder.Configuration, section.Path);
        var dialect = KnownDialects.Find(options.Dialect);
        Options.Check(
            dialect is not null, $"{section.Path}:Dialect", options.Dialect,
            $"one of {string.Join(", ", KnownDialects.All.Select(d => d.Name))}");
        builder.Services.AddSingleton<IHostedService>(services => ActivatorUtilities.CreateInstance<MqttSource>(
            services, options, dialect!, services.GetRequiredService<GatewayOptions>().Name, services.DataFolder("sources")));
        return options.Name;
    }
}
