using IotGateway.Cloud.Data;
using IotGateway.Cloud.Erasure;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Observations.Dynamo;

namespace IotGateway.Cloud.Hives.State;

/// <summary>The room's entry: the hourly runs and the book of what they said.</summary>
internal static class StateRoom
{
    public static void AddStates(this WebApplicationBuilder builder, bool runs = true)
    {
        var observations = ObservationsOptions.Read(builder.Configuration);
        var services = builder.Services;
        services.AddSingleton<IStateStore>(p => observations.InDynamo
            ? new DynamoStateStore(p.GetRequiredService<DynamoDatabase>(), observations.RetainMonths, p.GetRequiredService<TimeProvider>())
            : LiteStateStore.Open(p.GetRequiredService<DataFolder>().Forecasts, p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<LiteStateStore>>()));
        services.AddSingleton<StateCounters>();
        services.AddSingleton<IErasable, StateErasure>();
        services.AddSingleton<IErasable>(p => new SetAsideFiles(p.GetRequiredService<DataFolder>().Forecasts));
        services.AddSingleton<IRetained, StateErasure>();
        if (runs)
            services.AddHostedService<StateRuns>();
    }
}
