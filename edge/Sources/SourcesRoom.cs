using System.ComponentModel.DataAnnotations;
using System.Threading.Channels;
using IotGateway.Edge.Settings;

namespace IotGateway.Edge.Sources;

/// <summary>The room's entry: the sources that the configuration lists, and the channel from them to the pipeline.</summary>
internal static class SourcesRoom
{
    /// <summary>Messages that may wait between the sources and the disk; then the sources wait.</summary>
    private const int Waiting = 4096;

    public static void AddSources(this IHostApplicationBuilder builder)
    {
        var channel = Channel.CreateBounded<Received>(new BoundedChannelOptions(Waiting) { SingleReader = true });
        builder.Services.AddSingleton(channel.Reader);
        builder.Services.AddSingleton(channel.Writer);
        builder.Services.AddSingleton<SourceStates>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var section in builder.Configuration.GetSection("Sources").GetChildren())
        {
            var options = builder.Read<MqttSourceOptions>(section.Path);
            if (!names.Add(options.Name))
                throw new ValidationException($"{section.Path}:Name is '{options.Name}', which an earlier source has; expected names without repeats.");
            builder.Services.AddSingleton<IHostedService>(services =>
                ActivatorUtilities.CreateInstance<MqttSource>(services, options, services.GetRequiredService<GatewayOptions>().Name));
        }
    }
}
