using IotGateway.Cloud.Data;
using IotGateway.Cloud.Data.Aws;
using IotGateway.Cloud.Erasure;
using IotGateway.Cloud.Observations.Dynamo;
using IotGateway.Cloud.Observations.Lite;

namespace IotGateway.Cloud.Observations;

/// <summary>The room's entry: the hot store, who hears of changes, and the sites' clocks.</summary>
internal static class ObservationsRoom
{
    public static void AddObservations(this WebApplicationBuilder builder)
    {
        var options = ObservationsOptions.Read(builder.Configuration);
        var services = builder.Services;
        services.AddSingleton(new ChangeFeed { HearsAll = !options.InDynamo });
        services.AddSingleton<SiteClock>();
        services.AddSingleton(options);
        services.AddSingleton<IErasable, ObservationsErasure>();
        services.AddSingleton<IErasable>(p => new SetAsideFiles(p.GetRequiredService<DataFolder>().HotStore));
        services.AddSingleton<IRetained, ObservationsErasure>();
        services.AddSingleton(p => ActivatorUtilities.CreateInstance<HotStoreFile>(p, p.GetRequiredService<DataFolder>().HotStore));
        services.AddSingleton(p => p.GetRequiredService<HotStoreFile>().Open());
        if (!options.InDynamo)
        {
            services.AddSingleton<IObservations>(p => p.GetRequiredService<LiteObservations>());
            return;
        }

        var aws = AwsOptions.Read(builder.Configuration);
        services.AddSingleton(p => new DynamoDatabase(options.TablePrefix, aws, options.ServiceUrl, p.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IObservations>(p => new DynamoObservations(
            p.GetRequiredService<DynamoDatabase>(), options.RetainMonths, p.GetRequiredService<TimeProvider>()));
    }
}
