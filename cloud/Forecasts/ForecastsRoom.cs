using IotGateway.Cloud.Data;
using IotGateway.Cloud.Erasure;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Observations.Dynamo;

namespace IotGateway.Cloud.Forecasts;

/// <summary>The room's entry: the hourly runs and the book of what they said.</summary>
internal static class ForecastsRoom
{
    public static void AddForecasts(this WebApplicationBuilder builder, bool runs = true)
    {
        var observations = builder.Configuration.Read<ObservationsOptions>("Observations").Checked();
        var services = builder.Services;
        services.AddSingleton<IForecastBook>(p => observations.InDynamo
            ? new DynamoForecastBook(p.GetRequiredService<DynamoDatabase>(), observations.RetainMonths, p.GetRequiredService<TimeProvider>())
            : LiteForecastBook.Open(p.GetRequiredService<DataFolder>().Forecasts, p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<LiteForecastBook>>()));
        services.AddSingleton<ForecastCounters>();
        services.AddSingleton<IErasable, ForecastErasure>();
        services.AddSingleton<IErasable>(p => new SetAsideFiles(p.GetRequiredService<DataFolder>().Forecasts));
        services.AddSingleton<IRetained, ForecastErasure>();
        if (runs)
            services.AddHostedService<ForecastRuns>();
    }
}
