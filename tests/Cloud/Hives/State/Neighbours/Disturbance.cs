using IotGateway.Cloud.Hives.State.Rule;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Weather.Hours;

namespace IotGateway.Cloud.Tests.Hives.State.Neighbours;

/// <summary>
/// Disturbances laid over real readings of a hive from a time on; the sizes are assumptions, written here, and chosen before any rule was
/// run on them.
/// </summary>
internal static class Disturbance
{
    public static readonly IReadOnlyDictionary<string, Func<HiveRecord, DateTimeOffset, HiveRecord>> All =
        new SortedDictionary<string, Func<HiveRecord, DateTimeOffset, HiveRecord>>(StringComparer.Ordinal)
        {
            ["sensor drift"] = (r, at) => Change(r, at, (t, hours, _, _) => t + (0.1 * hours / 24)),
            ["follows outside"] = (r, at) => Change(
                r, at, (t, hours, outside, mean) => t + (0.3 * Math.Min(1, hours / 120) * (outside - mean))),
            ["death"] = (r, at) => Change(r, at, (t, hours, outside, _) => Towards(t, outside, Math.Min(1, hours / 48))),
            ["lid open"] = (r, at) => Change(r, at, (t, hours, outside, _) => Towards(t, outside, 0.25 * (1 - Math.Exp(-hours / 2)))),
        };

    private static double Towards(double inside, double outside, double share) => inside + (share * (outside - inside));

    /// <summary>Changes temperatures by hours since, the outside temperature and its mean of the week before.</summary>
    private static HiveRecord Change(HiveRecord record, DateTimeOffset at, Func<double, double, double, double, double> change)
    {
        var mean = Means.OfKnown(record.Weather!.Range(at.AddDays(-7), at).ToArray().Select(h => h.TemperatureCelsius)) ?? 20;
        return record with { Temperature = [.. record.Temperature.Select(Changed)] };

        Observation Changed(Observation o) => o.Time <= at
            ? o
            : o with { Value = change(o.Value, (o.Time - at).TotalHours, Outside(record.Weather!, o.Time) ?? mean, mean) };
    }

    private static double? Outside(WeatherSeries weather, DateTimeOffset time) => weather.AsOf(time)?.TemperatureCelsius;
}
