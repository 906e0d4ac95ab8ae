using IotGateway.Cloud.Data;
using IotGateway.Cloud.Erasure;
using IotGateway.Cloud.Forecasts.Documents;
using IotGateway.Cloud.Forecasts.Runs;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Observations.Dynamo;
using IotGateway.Cloud.Web;

namespace IotGateway.Cloud.Forecasts;

/// <summary>Registration of the forecasts: kinds, hourly runs, and the store of all that is said of subjects.</summary>
internal static class ForecastsRoom
{
    /// <summary>Adds the room; without <paramref name="runs"/> nothing is forecast here.</summary>
    public static void AddForecasts(this WebApplicationBuilder builder, bool runs = true)
    {
        var observations = ObservationsOptions.Read(builder.Configuration);
        var services = builder.Services;
        services.AddSingleton<ITimedDocuments>(p => observations.InDynamo
            ? new DynamoTimedDocuments(
                p.GetRequiredService<DynamoDatabase>(), observations.RetainMonths, p.GetRequiredService<TimeProvider>())
            : LiteTimedDocuments.Open(
                p.GetRequiredService<DataFolder>().Forecasts, p.GetRequiredService<TimeProvider>(),
                p.GetRequiredService<ILogger<LiteTimedDocuments>>(), p.GetService<DamagedStores>()));
        services.AddSingleton<ForecastStore>();
        services.AddKeyedSingleton<RunCounters>(ForecastRuns.Counters);
        services.AddSingleton<SaidErasure>();
        services.AddSingleton<IErasable>(p => p.GetRequiredService<SaidErasure>());
        services.AddSingleton<IErasable>(p => new SetAsideFiles(p.GetRequiredService<DataFolder>().Forecasts));
        services.AddSingleton<IRetained>(p => p.GetRequiredService<SaidErasure>());
        if (runs)
            services.AddHostedService<ForecastRuns>();
    }

    public static void MapForecasts(this IEndpointRouteBuilder routes) => routes.WithAnswerHeaders().MapForecastsApi();
}
