namespace IotGateway.Cloud.Forecasts;

/// <summary>Puts the forecasts into the host.</summary>
internal static class ForecastsSetup
{
    public static void AddForecasts(this WebApplicationBuilder builder)
    {
        var folder = builder.Configuration["Data:Folder"] ?? "data";
        builder.Services.AddSingleton(_ => new ForecastBook(Path.Combine(folder, "forecasts.db")));
        builder.Services.AddSingleton<ForecastCounters>();
        builder.Services.AddHostedService<ForecastRuns>();
    }
}
