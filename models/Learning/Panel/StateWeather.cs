using IotGateway.Learning.Data;

namespace IotGateway.Learning.Panel;

/// <summary>Weather of the states' quarters beside what is usual there at that time of the year, 2015 to 2022, one point a state.</summary>
internal sealed class StateWeather
{
    /// <summary>Fewest earlier years that tell what is usual.</summary>
    private const int FewestYears = 2;

    private static readonly string[] Columns = ["tmean_c", "rh_mean_pct", "precip_hours", "wind_max_kmh"];

    private readonly Dictionary<(string State, Quarter Quarter), double[]> _means;

    private StateWeather(Dictionary<(string, Quarter), double[]> means) => _means = means;

    public static StateWeather Read() => new(DataFiles.Read(DataFiles.StateWeather).Rows.ToDictionary(
        r => (r.Text("state_alpha"), new Quarter(r.Whole("year"), r.Whole("quarter"))),
        r => Columns.Select(r.Number).ToArray()));

    /// <summary>
    /// Temperature, °C, humidity, %, hours of rain or snow a day and the day's strongest wind, km/h, each less its mean over the same
    /// quarter of the years before; null where there are fewer than two of those, or no weather.
    /// </summary>
    public double[]? Deviations(string state, Quarter quarter)
    {
        var before = _means.Where(m => m.Key.State == state && m.Key.Quarter.Number == quarter.Number)
            .Where(m => m.Key.Quarter.Index < quarter.Index).Select(m => m.Value).ToList();
        return before.Count >= FewestYears && _means.TryGetValue((state, quarter), out var own)
            ? [.. own.Select((value, i) => value - before.Average(b => b[i]))]
            : null;
    }
}
