using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Forecasts.Kinds.NestTemperature;

/// <summary>Means of a hive's hours, one function for the forecast and for its truth.</summary>
internal static class NestHours
{
    /// <summary>
    /// Nothing in a hive moves farther within an hour, °C: an hour that did holds a sensor's word for "no value", such as 85.0.
    /// </summary>
    private const double FarthestWithinHour = 15;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly Metric Temperature = Metrics.Find(Metrics.HiveTemperature)!;

    /// <summary>
    /// Means of the hours between two whole hours, °C, oldest first; NaN where nothing was measured, or a value that cannot be real.
    /// </summary>
    public static async Task<double[]> ReadAsync(
        IObservations store, Subject hive, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation)
    {
        var hours = new double[(int)((to - from) / Hour)];
        Array.Fill(hours, double.NaN);
        foreach (var hour in await store.BucketsAsync(hive, Metrics.HiveTemperature, from, to, Hour, cancellation))
        {
            if (hour.Min >= Temperature.Min && hour.Max <= Temperature.Max && hour.Max - hour.Min <= FarthestWithinHour)
                hours[(int)((hour.From - from) / Hour)] = hour.Mean;
        }

        return hours;
    }
}
