using IotGateway.Cloud.Observations;

namespace IotGateway.Cloud.Hives.State.Rule;

/// <summary>
/// A hive's hour: means of what was measured in it, and the outside temperature known at its end; null where there is none.
/// </summary>
internal readonly record struct KnownHour(double? Temperature, double? Humidity, double? Outside);

/// <summary>A hive's last 14 days hour by hour, counted back from the as-of time: hour 0 ends there.</summary>
internal sealed class KnownHours
{
    public const int Count = 14 * 24;

    public static readonly TimeSpan Window = TimeSpan.FromHours(Count);

    private readonly DateTimeOffset _asOf;
    private readonly KnownHour[] _hours = new KnownHour[Count];

    public KnownHours(HiveRecord known, DateTimeOffset asOf)
    {
        _asOf = asOf;
        var temperature = OfHours(known.Temperature, asOf);
        var humidity = OfHours(known.Humidity, asOf);
        for (var i = 0; i < Count; i++)
            _hours[i] = new KnownHour(temperature[i], humidity[i], known.Weather?.AsOf(asOf.AddHours(-i), asOf)?.TemperatureCelsius);
    }

    public KnownHour this[int hoursBack] => _hours[hoursBack];

    /// <summary>The hours with a temperature.</summary>
    public int WithTemperature => _hours.Count(h => h.Temperature is not null);

    /// <summary>The UTC hour of day; the sun, unlike the clock on the wall, keeps no summer time.</summary>
    public int HourOfDay(int hoursBack) => _asOf.AddHours(-hoursBack).UtcDateTime.Hour;

    /// <summary>The mean over the hours from <paramref name="from"/> back, of those that have a value; null when none has.</summary>
    public double? Mean(int from, int count, Func<KnownHour, double?> of) => Means.OfKnown(_hours.Skip(from).Take(count).Select(of));

    private static double?[] OfHours(IReadOnlyList<Observations.Observation> observations, DateTimeOffset asOf)
    {
        Span<double> sums = stackalloc double[Count];
        Span<int> counts = stackalloc int[Count];
        foreach (var o in observations)
        {
            var hoursBack = (int)((asOf - o.Time).Ticks / TimeSpan.TicksPerHour);
            sums[hoursBack] += o.Value;
            counts[hoursBack]++;
        }

        var means = new double?[Count];
        for (var i = 0; i < Count; i++)
            means[i] = counts[i] == 0 ? null : sums[i] / counts[i];
        return means;
    }
}
