using IotGateway.Cloud.Data;
using IotGateway.Cloud.Erasure;
using IotGateway.Cloud.Hives.Visits.Recorded;
using IotGateway.Cloud.Hives.Visits.Stores;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Observations.Dynamo;
using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Hives.Visits;

/// <summary>Registration of the visits: their book and the store beside the observations'.</summary>
internal static class VisitsRoom
{
    /// <summary>Adds the room; without <paramref name="writes"/> no recording's visits are written.</summary>
    public static void AddVisits(this WebApplicationBuilder builder, bool writes)
    {
        var observations = ObservationsOptions.Read(builder.Configuration);
        var services = builder.Services;
        services.AddSingleton<IVisitStore>(p => observations.InDynamo
            ? new DynamoVisits(p.GetRequiredService<DynamoDatabase>())
            : LiteVisits.Open(
                p.GetRequiredService<DataFolder>().Visits, p.GetRequiredService<TimeProvider>(),
                p.GetRequiredService<ILogger<LiteVisits>>(), p.GetService<DamagedStores>()));
        services.AddSingleton<VisitBook>();
        var recorded = VisitsOptions.Read(builder.Configuration);
        if (writes)
        {
            services.AddHostedService(p => new RecordedVisitsWriter(
                RecordedVisits.Read(recorded, p.GetRequiredService<Apiary>()), p.GetRequiredService<VisitBook>()));
        }

        services.AddSingleton<IErasable, VisitErasure>();
        services.AddSingleton<IErasable>(p => new SetAsideFiles(p.GetRequiredService<DataFolder>().Visits));
    }
}
