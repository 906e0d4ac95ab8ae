using IotGateway.Cloud.Data;

namespace IotGateway.Cloud.Forecasts;

/// <summary>The room's entry: the hourly runs and the book of what they said.</summary>
internal static class ForecastsRoom
{
    public static void AddForecasts(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(p => new ForecastBook(Path.Combine(p.GetRequiredService<DataFolder>().Path, "forecasts.db")));
        builder.Services.AddSingleton<ForecastCounters>();
        builder.Services.AddHostedService<ForecastRuns>();
    }
}
