using IotGateway.Learning.Linear;
using IotGateway.Science.Hive.Temperature;

namespace IotGateway.Learning.Hives.Nest;

/// <summary>Quantity in a hive some hours ahead.</summary>
/// <param name="Name">In words.</param>
/// <param name="Horizon">Hours ahead.</param>
/// <param name="Series">Its hours.</param>
/// <param name="Columns">The features used.</param>
internal sealed record NestTarget(string Name, int Horizon, Func<NestSeries, double[]> Series, int[] Columns)
{
    public static readonly NestTarget[] All =
    [
        .. new[] { 1, 6, 24 }.Select(h => new NestTarget($"temperature, {h} h", h, s => s.Temperature, NestFeatures.Own)),
        new("temperature, 24 h, the weather ahead known", 24, s => s.Temperature, NestFeatures.WithWeather),
        .. new[] { 1, 6, 24 }.Select(h => new NestTarget($"humidity, {h} h", h, s => s.Humidity, NestFeatures.Own)),
    ];

    /// <summary>True where its interval is judged, and so chosen with care.</summary>
    public bool TellsInterval => Horizon == 6;

    /// <summary>Every hour that was measured and whose truth came: the change, with the features that go before it.</summary>
    public List<NestRow> Rows(NestHours nests)
    {
        var rows = new List<NestRow>();
        foreach (var nest in nests.Hives)
        {
            var hours = Series(nest);
            var terms = NestTerms.Each(hours, Horizon)[0];
            for (var at = 0; at + Horizon < hours.Length; at++)
            {
                if (double.IsNaN(hours[at]) || double.IsNaN(hours[at + Horizon]))
                    continue;
                var features = NestFeatures.At(terms[at], hours, nests.Outside, at, Horizon);
                rows.Add(new(at, (at + Horizon) / NestHours.Fortnight, hours[at],
                    new Example(nest.Hive, features, hours[at + Horizon] - hours[at])));
            }
        }

        return rows;
    }
}
