using IotGateway.Cloud.Data;

namespace IotGateway.Cloud.Observations;

/// <summary>The room's entry: the hot store, who hears of changes, and the sites' clocks.</summary>
internal static class ObservationsRoom
{
    public static void AddObservations(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<ChangeFeed>();
        services.AddSingleton<SiteClock>();
        services.AddSingleton(p => ActivatorUtilities.CreateInstance<HotStoreFile>(p, p.GetRequiredService<DataFolder>().HotStore));
        services.AddSingleton(p => p.GetRequiredService<HotStoreFile>().Open());
        services.AddSingleton<IObservations>(p => p.GetRequiredService<LiteObservations>());
    }
}
