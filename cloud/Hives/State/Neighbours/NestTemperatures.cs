using IotGateway.Cloud.Hives.State.Rule;
using IotGateway.Cloud.Observations;
using IotGateway.Science;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Hives.State.Neighbours;

/// <summary>
/// Temperatures of a nest hour by hour, each the median of what was read in the hour up to its end, so that one odd reading of several
/// makes no difference and none of them is later than the hour it stands for.
/// </summary>
internal sealed class NestTemperatures
{
    private readonly Dictionary<long, double> _hours = [];

    /// <param name="temperature">Inside the hive, ascending in time; what cannot be is left out.</param>
    public NestTemperatures(IReadOnlyList<Observation> temperature)
    {
        var metric = Metrics.Find(Metrics.HiveTemperature)!;
        foreach (var hour in temperature.Where(o => o.IsUsable(metric)).GroupBy(o => EndingAt(o.Time)))
            _hours[hour.Key] = Medians.Of([.. hour.Select(o => o.Value)]);
    }

    /// <summary>The last hours counted back: the first ends at the as-of time, a whole hour; null where nothing was read.</summary>
    public double?[] Back(DateTimeOffset asOf)
    {
        var last = asOf.UtcTicks / TimeSpan.TicksPerHour;
        var back = new double?[KnownHours.Count];
        for (var i = 0; i < back.Length; i++)
            back[i] = _hours.TryGetValue(last - i, out var value) ? value : null;
        return back;
    }

    private static long EndingAt(DateTimeOffset time) => (time.UtcTicks + TimeSpan.TicksPerHour - 1) / TimeSpan.TicksPerHour;
}
