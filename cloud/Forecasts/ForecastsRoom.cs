using IotGateway.Cloud.Data;

namespace IotGateway.Cloud.Forecasts;

/// <summary>The room's entry: the hourly runs and the book of what they said.</summary>
internal static class ForecastsRoom
{
    public static void AddForecasts(this WebApplicationBuilder builder, bool runs = true)
    {
        builder.Services.AddSingleton(p => ForecastBook.Open(
            Path.Combine(p.GetRequiredService<DataFolder>().Path, "forecasts.db"), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<ForecastBook>>()));
        builder.Services.AddSingleton<ForecastCounters>();
        if (runs)
            builder.Services.AddHostedService<ForecastRuns>();
    }
}
