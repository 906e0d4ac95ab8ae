using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Weather.Hours;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Hives.Forecasts.ColonyBees;

/// <summary>Swings of a hive's thermometers against that outside, a day at a time.</summary>
internal sealed class NestSwings
{
    private const int MostThermometers = 12;
    private const int FewestHours = 18;

    /// <summary>A day that swings less outside tells nothing, K.</summary>
    private const double LeastOutside = 1;

    private readonly List<Dictionary<DateTimeOffset, double>> _thermometers = [];

    /// <summary>Reads the means of hours of every thermometer of the hive, those of a second device included.</summary>
    public static async Task<NestSwings> ReadAsync(
        Subject hive, DateTimeOffset from, DateTimeOffset to, IObservations store, CancellationToken cancellation)
    {
        var swings = new NestSwings();
        var metric = Metrics.Find(Metrics.HiveTemperature)!;
        foreach (var (device, _, _) in hive.Devices.Take(MostThermometers))
        {
            var hours = await store.BucketsAsync(device, Metrics.HiveTemperature, from, to, TimeSpan.FromHours(1), cancellation);
            var usable = hours.Where(b => b.Min >= metric.Min && b.Max <= metric.Max).ToDictionary(b => b.From, b => b.Mean);
            if (usable.Count > 0)
                swings._thermometers.Add(usable);
        }

        return swings;
    }

    /// <summary>Swing of each thermometer over a day's hours, 0 and more; NaN where the day tells nothing.</summary>
    public double[] Of(IReadOnlyList<WeatherHour> hours) => [.. _thermometers.Select(t => Of(t, hours))];

    private static double Of(Dictionary<DateTimeOffset, double> nest, IReadOnlyList<WeatherHour> hours)
    {
        var both = hours.Where(h => nest.ContainsKey(h.Time)).ToList();
        if (both.Count < FewestHours)
            return double.NaN;
        var outside = Deviation([.. both.Select(h => h.TemperatureCelsius!.Value)]);
        return outside < LeastOutside ? double.NaN : Deviation([.. both.Select(h => nest[h.Time])]) / outside;
    }

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
    }
}
