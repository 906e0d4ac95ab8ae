using System.ComponentModel.DataAnnotations;
using IotGateway.Edge.Decode.Dialects;
using IotGateway.Edge.Settings;
using IotGateway.Edge.Sources.Contract;

namespace IotGateway.Edge.Sources.Mqtt;

/// <summary>The kind <c>mqtt</c>: a network server's MQTT broker.</summary>
internal static class MqttKind
{
    public static readonly SourceKind Kind = new("mqtt", Add);

    private static string Add(IHostApplicationBuilder builder, IConfigurationSection section)
    {
        var options = builder.Read<MqttSourceOptions>(section.Path);
        if (KnownDialects.Find(options.Dialect) is not { } dialect)
        {
            throw new ValidationException(
                $"{section.Path}:Dialect is '{options.Dialect}'; expected one of {string.Join(", ", KnownDialects.All.Select(d => d.Name))}.");
        }

        builder.Services.AddSingleton<IHostedService>(services => ActivatorUtilities.CreateInstance<MqttSource>(
            services, options, dialect, services.GetRequiredService<GatewayOptions>().Name));
        return options.Name;
    }
}
