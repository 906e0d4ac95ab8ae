using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Weather.Hours;
using IotGateway.Science.Hive.Weight;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Hives.State.Rule;

/// <summary>
/// Observations stored of a hive, each list ascending in time. It may reach beyond the time that is judged: the rule cuts it there.
/// </summary>
/// <param name="Temperature">Inside the hive, °C.</param>
/// <param name="Humidity">Inside the hive, % relative.</param>
/// <param name="Weather">Of its site; null when it has none.</param>
internal sealed record HiveRecord(IReadOnlyList<Observation> Temperature, IReadOnlyList<Observation> Humidity, WeatherSeries? Weather)
{
    /// <summary>Farther than this from both neighbours a reading stands alone, °C.</summary>
    private const double FarCelsius = 3;

    /// <summary>The same of humidity, %.</summary>
    private const double FarPercent = 15;

    private static readonly Metric OfTemperature = Metrics.Find(Metrics.HiveTemperature)!;
    private static readonly Metric OfHumidity = Metrics.Find(Metrics.HiveHumidity)!;

    /// <summary>Readings of its scale that can be real, ascending; none without a scale.</summary>
    public IReadOnlyList<ScaleReading> Weight { get; init; } = [];

    /// <summary>Temperatures of a second thermometer in the hive, ascending; none without one.</summary>
    public IReadOnlyList<Observation> Second { get; init; } = [];

    /// <summary>Time of the first temperature ever read; null where none was, or where the list above tells.</summary>
    public DateTimeOffset? FirstTemperature { get; init; }

    /// <summary>Place of it, by which day is told from night; null where that is not known.</summary>
    public Site? Site { get; init; }

    /// <summary>
    /// The part known at <paramref name="asOf"/>, without values that cannot be what they claim, whether their sender says so or not, and
    /// without those that stand alone.
    /// </summary>
    public HiveRecord KnownAt(DateTimeOffset asOf) => this with
    {
        Temperature = Outliers.Without(Cut(Temperature, OfTemperature, asOf), FarCelsius),
        Humidity = Outliers.Without(Cut(Humidity, OfHumidity, asOf), FarPercent),
        Weight = [.. Weight.Where(w => w.Time <= asOf)],
        Second = Second.Count == 0 ? [] : Cut(Second, OfTemperature, asOf),
    };

    /// <summary>The part behind a time: what its sensors read before tells of another place.</summary>
    public HiveRecord Since(DateTimeOffset time) => this with
    {
        Temperature = [.. Temperature.Where(o => o.Time > time)],
        Humidity = [.. Humidity.Where(o => o.Time > time)],
        Second = [.. Second.Where(o => o.Time > time)],
    };

    /// <summary>
    /// Time of the last temperature up to <paramref name="asOf"/>, whatever its quality; null when none did in the window.
    /// </summary>
    public DateTimeOffset? LastHeard(DateTimeOffset asOf) =>
        FirstAfter(Temperature, asOf) is > 0 and var next && Temperature[next - 1].Time is var last && last > asOf - KnownHours.Window
            ? last
            : null;

    /// <summary>Some temperature was read up to a time.</summary>
    public bool HasThermometer(DateTimeOffset asOf) => FirstTemperature <= asOf || (Temperature.Count > 0 && Temperature[0].Time <= asOf);

    private static List<Observation> Cut(IReadOnlyList<Observation> all, Metric metric, DateTimeOffset asOf)
    {
        var kept = new List<Observation>();
        for (var i = FirstAfter(all, asOf - KnownHours.Window); i < all.Count && all[i].Time <= asOf; i++)
        {
            if (all[i].IsUsable(metric))
                kept.Add(all[i]);
        }

        return kept;
    }

    private static int FirstAfter(IReadOnlyList<Observation> all, DateTimeOffset time)
    {
        int low = 0, high = all.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (all[middle].Time <= time)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
