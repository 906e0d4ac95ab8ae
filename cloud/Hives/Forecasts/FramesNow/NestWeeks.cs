using IotGateway.Cloud.Forecasts.Kinds.NestTemperature;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Weather.Hours;
using IotGateway.Science.Hive.Learnt;

namespace IotGateway.Cloud.Hives.Forecasts.FramesNow;

/// <summary>Nests in the week before a time, from the store and the weather as they were known then.</summary>
internal static class NestWeeks
{
    /// <summary>The week; null where fewer than three days of it have both.</summary>
    public static async Task<NestWeek?> ReadAsync(
        IObservations store, WeatherRegistry weather, Subject hive, DateTimeOffset asOf, CancellationToken cancellation)
    {
        if (weather.For(hive.Site) is not { } sky)
            return null;
        var from = asOf.AddHours(-NestWeek.Hours);
        var nest = await NestHours.ReadAsync(store, hive, from, asOf, cancellation);
        return NestWeek.Before(nest, Outside(sky, from, asOf), nest.Length);
    }

    /// <summary>Temperatures outside, the mean of each hour's beginning and end; NaN where either is not known.</summary>
    private static double[] Outside(WeatherSeries sky, DateTimeOffset from, DateTimeOffset asOf)
    {
        var instants = new double[NestWeek.Hours + 1];
        Array.Fill(instants, double.NaN);
        foreach (var hour in sky.Range(from, asOf.AddTicks(1), asOf))
        {
            if (hour.TemperatureCelsius is { } celsius && (hour.Time - from).Ticks % TimeSpan.TicksPerHour == 0)
                instants[(int)(hour.Time - from).TotalHours] = celsius;
        }

        return [.. Enumerable.Range(0, NestWeek.Hours).Select(h => (instants[h] + instants[h + 1]) / 2)];
    }
}
