using System.Globalization;
using IotGateway.Cloud.Forecasts.Serving;
using IotGateway.Telemetry;
using Nest = IotGateway.Science.Hive.Temperature.NestTemperature;

namespace IotGateway.Cloud.Forecasts.Kinds.NestTemperature;

/// <summary>
/// Question to an endpoint and its answer: a row of the hive's hours, oldest first, and for each horizon a value and its quantiles in °C,
/// in columns such as <c>6h_value</c> and <c>6h_q10</c>.
/// </summary>
internal static class NestEndpoint
{
    private static readonly Metric Temperature = Metrics.Find(Metrics.HiveTemperature)!;

    private static readonly string[] Columns =
    [
        .. Nest.Horizons.SelectMany(h => Nest.Levels.Select(l => Text($"{h}h_q{100 * l:00}")).Prepend(Text($"{h}h_value"))),
    ];

    /// <summary>The endpoint's forecasts in the place of those made here; where it gave none, what was made here, and marked.</summary>
    public static async Task<IReadOnlyList<Forecast>> AskAsync(
        EndpointModel endpoint, IReadOnlyList<Forecast> made, IReadOnlyList<double[]> features, CancellationToken cancellation)
    {
        var served = await endpoint.PredictAsync(features, Columns, Fault, cancellation);
        return
        [
            .. made.Zip(served, (local, said) => said.Values is not { } values
                ? local with { FellBack = said.Reason }
                : local with
                {
                    Model = endpoint.Name,
                    Version = said.Version,
                    By = said.By,
                    Steps = [.. local.Steps.Select(step => Step(step, (int)(step.ValidAt - local.AsOf).TotalHours, values))],
                }),
        ];
    }

    private static ForecastStep Step(ForecastStep local, int horizon, double[] values)
    {
        var of = Of(values, horizon);
        return local with
        {
            Value = of[0],
            Quantiles = [.. Nest.Levels.Select((level, i) => new Quantile(level, of[i + 1]))],
            Reasons = ["Said by an endpoint, which gives no reasons."],
        };
    }

    private static string? Fault(double[] values)
    {
        if (Array.Find(values, v => v < Temperature.Min || v > Temperature.Max) is var far and not 0)
            return Text($"{far:0.##} °C, which no hive has");
        return Nest.Horizons.Any(h => !IsAscending(Of(values, h)[1..])) ? "quantiles that do not ascend" : null;
    }

    private static double[] Of(double[] values, int horizon)
    {
        var width = Nest.Levels.Count + 1;
        var from = Nest.Horizons.ToList().IndexOf(horizon) * width;
        return values[from..(from + width)];
    }

    private static bool IsAscending(double[] values) => values.Zip(values.Skip(1), (a, b) => a <= b).All(ascends => ascends);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
