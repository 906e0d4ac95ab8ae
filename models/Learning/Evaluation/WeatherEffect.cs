using IotGateway.Learning.Linear;
using IotGateway.Learning.Panel;
using IotGateway.Science.Scores;

namespace IotGateway.Learning.Evaluation;

/// <summary>
/// Effect of the weather on a model's error: its roots are moved by a ridge regression of its earlier errors on the weather's deviations
/// from what is usual, in every quarter from the quarters before, and held against the model without.
/// </summary>
/// <param name="Of">Which quarter's weather, in words.</param>
/// <param name="Count">State-quarters, those of 2019 to 2022 that have their weather.</param>
/// <param name="Without">The mean absolute error without the weather, points.</param>
/// <param name="With">The same with it.</param>
/// <param name="Gain">The interval of what is gained with it, points.</param>
internal sealed record WeatherEffect(string Of, int Count, double Without, double With, ScoreInterval? Gain)
{
    private const double Penalty = 100;
    private const int FirstYear = 2019;
    private const double LeastGain = 0.1;

    public TableLine Line => new($"2019–22, with {Of}", "MAE, points", Count, ("the model without weather", Without), With, Gain,
        "no gain above .1", Without - With <= LeastGain);

    /// <summary>Effects of the last quarter's weather and, with hindsight, of the same quarter's.</summary>
    public static IReadOnlyList<WeatherEffect> All(IReadOnlyList<Forecasted> rolling)
    {
        var weather = StateWeather.Read();
        return
        [
            Measure("the last quarter's weather", 1, rolling, weather),
            Measure("the same quarter's weather, in hindsight", 0, rolling, weather),
        ];
    }

    private static WeatherEffect Measure(string of, int before, IReadOnlyList<Forecasted> rolling, StateWeather weather)
    {
        var known = new List<Example>();
        var tested = new List<(Forecasted Forecast, double With)>();
        foreach (var quarter in rolling.Where(f => f.Row.IsState).GroupBy(f => f.Row.Quarter))
        {
            var rows = quarter.Select(f => (Forecast: f, Weather: weather.Deviations(f.Row.State, new(quarter.Key.Index - before))))
                .Where(r => r.Weather is not null && weather.Deviations(r.Forecast.Row.State, quarter.Key) is not null).ToList();
            if (quarter.Key.Year >= FirstYear && rows.Count > 0)
            {
                var model = Fits.Squares(Centred(known), [.. known[0].Features.Select((_, i) => i)], Penalty);
                tested.AddRange(rows.Select(r => (r.Forecast, Moved(r.Forecast, model.At(r.Weather!)))));
            }

            known.AddRange(rows.Select(r => new Example(
                r.Forecast.Row.State, r.Weather!, Math.Sqrt(r.Forecast.Row.Percent) - r.Forecast.Said.Root)));
        }

        double[] without = [.. tested.Select(t => Math.Abs(t.Forecast.Said.Median - t.Forecast.Row.Percent))];
        double[] with = [.. tested.Select(t => Math.Abs(t.With - t.Forecast.Row.Percent))];
        var blocks = new Blocks(
            [.. tested.Select(t => t.Forecast.Row.State)], [.. tested.Select(t => t.Forecast.Row.Quarter.Index)]);
        return new(of, tested.Count, without.Average(), with.Average(), blocks.MeanInterval([.. without.Zip(with, (o, w) => o - w)]));
    }

    /// <summary>The errors less their mean, so that the weather is not credited with what the model errs in all weathers.</summary>
    private static List<Example> Centred(List<Example> rows)
    {
        var mean = rows.Average(r => r.Target);
        return [.. rows.Select(r => r with { Target = r.Target - mean })];
    }

    private static double Moved(Forecasted forecast, double root) => (forecast.Said with { Root = forecast.Said.Root + root }).Median;
}
