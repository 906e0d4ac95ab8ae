using IotGateway.Edge.Forwarding.Cloud;
using IotGateway.Edge.Identity;
using IotGateway.Edge.Problems;
using IotGateway.Edge.Settings;
using IotGateway.Hosting;

namespace IotGateway.Edge.Fleet;

/// <summary>The room's entry: certificates that the gateway gets by itself, and settings from afar.</summary>
internal static class FleetRoom
{
    public static FleetOptions AddFleetOptions(this IHostApplicationBuilder builder)
    {
        var options = FleetOptions.Read(builder.Configuration);
        builder.Services.AddSingleton(options);
        return options;
    }

    public static void AddFleet(this IHostApplicationBuilder builder, FleetOptions options)
    {
        builder.Services.AddSingleton<FleetStatus>();
        builder.Services.AddSingleton<IProblems, FleetProblems>();
        builder.Services.AddSingleton<ClaimProvisioning>();
        builder.Services.AddSingleton(services =>
        {
            var gateway = services.GetRequiredService<GatewayOptions>();
            return ActivatorUtilities.CreateInstance<CertificateOrder>(services, gateway.Name, gateway.MayBeRenamed);
        });
        builder.Services.AddSingleton(services =>
            new SettingsFile(
                services.DataFolder("settings.json"), services.DataFolder("provisioned.json"), services.GetRequiredService<LiveTuning>(),
                services.GetRequiredService<FleetStatus>()));
        builder.Services.AddSingleton<Func<CancellationToken, Task<GatewayIdentity>>>(
            services => cancellation => ClaimAsync(services, cancellation));
        if (options.Renew)
            builder.Services.AddSingleton<ICloudTopics, Renewal>();
        if (options.RemoteConfiguration)
            builder.Services.AddSingleton<ICloudTopics>(services => ActivatorUtilities.CreateInstance<ConfigShadow>(
                services, services.GetRequiredService<GatewayOptions>().Name));
    }

    /// <summary>Puts in force the settings that were set from afar.</summary>
    public static void LoadSettings(this WebApplication app)
    {
        if (app.Services.GetRequiredService<FleetOptions>().RemoteConfiguration)
            app.Services.GetRequiredService<SettingsFile>().Load();
    }

    /// <summary>
    /// Gets a certificate by claim. When it names the gateway otherwise than it is called now, the process ends to be started under that
    /// name.
    /// </summary>
    private static async Task<GatewayIdentity> ClaimAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var identity = await services.GetRequiredService<ClaimProvisioning>().RunAsync(cancellation);
        if (identity.Thing == services.GetRequiredService<GatewayOptions>().Name)
            return identity;
        services.GetRequiredService<IdentityFolder>().Keep(identity);
        Environment.ExitCode = ExitCode.RestartPlease;
        services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        throw new CloudRefusedException(
            $"the gateway is named {identity.Thing} from now on; it starts again under that name", TimeSpan.FromMinutes(5));
    }
}
