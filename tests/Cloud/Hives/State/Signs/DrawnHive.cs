using IotGateway.Cloud.Hives.State.Rule;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Weather.Hours;
using IotGateway.Science.Hive.Weight;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Tests.Hives.State.Signs;

/// <summary>
/// A drawn hive of 20 days with a nest, a scale and weather, by hours before noon of the last day; no hive ever measured it.
/// </summary>
internal static class DrawnHive
{
    public const int Days = 20;

    /// <summary>Noon in Montreal.</summary>
    public static readonly DateTimeOffset Noon = new(2021, 7, 15, 16, 0, 0, TimeSpan.Zero);

    public static HiveRecord Record(
        Func<double, double>? celsius = null, Func<double, double>? kilograms = null, double outside = 20, double until = 0)
    {
        var weather = Enumerable.Range(-21 * 24, (21 * 24) + 1).Select(h => new WeatherHour(
            Noon.AddHours(h), outside + (7 * Math.Sin(h / 24.0 * 2 * Math.PI)), 60, 0));
        return new HiveRecord(
            [.. Back(until).Select(b => new Observation(Noon.AddHours(-b), (celsius?.Invoke(b) ?? 34.5) + Tremble(b), Quality.Synthetic))],
            [.. Back(until).Select(b => new Observation(Noon.AddHours(-b), 55 + Tremble(b), Quality.Synthetic))],
            new WeatherSeries("synthetic", "", weather))
        {
            Weight = kilograms is null ? [] : [.. Back(0).Select(b => new ScaleReading(Noon.AddHours(-b), kilograms(b)))],
        };
    }

    private static double Tremble(double back) => 0.2 * Math.Sin(back * 4 / 7.0);

    private static IEnumerable<double> Back(double until) =>
        Enumerable.Range(0, Days * 96).Select(q => (q * 0.25) + 0.1).Where(b => b >= until).Reverse();
}
