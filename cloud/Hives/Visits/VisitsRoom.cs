using IotGateway.Cloud.Data;
using IotGateway.Cloud.Erasure;
using IotGateway.Cloud.Hives.Visits.Stores;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Observations.Dynamo;

namespace IotGateway.Cloud.Hives.Visits;

/// <summary>Registration of the visits: their book and the store beside the observations'.</summary>
internal static class VisitsRoom
{
    public static void AddVisits(this WebApplicationBuilder builder)
    {
        var observations = ObservationsOptions.Read(builder.Configuration);
        var services = builder.Services;
        services.AddSingleton<IVisitStore>(p => observations.InDynamo
            ? new DynamoVisits(p.GetRequiredService<DynamoDatabase>())
            : LiteVisits.Open(
                p.GetRequiredService<DataFolder>().Visits, p.GetRequiredService<TimeProvider>(),
                p.GetRequiredService<ILogger<LiteVisits>>(), p.GetService<DamagedStores>()));
        services.AddSingleton<VisitBook>();
        services.AddSingleton<IErasable, VisitErasure>();
        services.AddSingleton<IErasable>(p => new SetAsideFiles(p.GetRequiredService<DataFolder>().Visits));
    }
}
