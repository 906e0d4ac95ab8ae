using IotGateway.Cloud.Hives.State.Rule;
using IotGateway.Cloud.Weather.Hours;
using IotGateway.Cloud.Web;
using IotGateway.Cloud.Web.Charts;

namespace IotGateway.Cloud.Hives.Pages;

/// <summary>The charts of a hive's page.</summary>
internal static class HiveCharts
{
    private static readonly TimeSpan WeatherJoin = TimeSpan.FromMinutes(90);

    private static readonly ColonyState[] RowStates =
    [
        ColonyState.Abnormal, ColonyState.Silent, ColonyState.Watch, ColonyState.Learning, ColonyState.Normal,
    ];

    public static Chart Temperature(HiveWindow window) => Frame(window, "temperature", "Temperature") with
    {
        Description = Describe(window.Temperature, "°C", "in the hive") + " "
            + Describe(Of(window.Weather, h => h.TemperatureCelsius), "°C", "outside") + NotDrawn(window.TemperaturesLeftOut),
        Unit = "°C",
        Lines = Lines(window.Temperature, Of(window.Weather, h => h.TemperatureCelsius)),
        Band = Expected(window.States, e => (e.ExpectedTemperatureCelsius, e.TemperatureSpreadCelsius)),
    };

    public static Chart Humidity(HiveWindow window) => Frame(window, "humidity", "Relative humidity") with
    {
        Description = Describe(window.Humidity, "%", "in the hive") + " "
            + Describe(Of(window.Weather, h => h.HumidityPercent), "%", "outside") + NotDrawn(window.HumiditiesLeftOut),
        Unit = "%",
        Lines = Lines(window.Humidity, Of(window.Weather, h => h.HumidityPercent)),
        Band = Expected(window.States, e => (e.ExpectedHumidityPercent, e.HumiditySpreadPercent)),
    };

    public static Chart Rain(HiveWindow window)
    {
        // Rain is of the hour before its time.
        var hours = window.Span.RainHours;
        var bars = window.Weather.Where(h => h.PrecipitationMillimetres is not null && h.Time > window.From)
            .GroupBy(h => h.Time.AddTicks(-1).ToUnixTimeSeconds() / (3600 * hours))
            .Select(
                g => (From: DateTimeOffset.FromUnixTimeSeconds(g.Key * 3600 * hours), Sum: g.Sum(h => h.PrecipitationMillimetres!.Value)))
            .Select(b => new Bar(Later(b.From, window.From), Earlier(b.From.AddHours(hours), window.To), b.Sum))
            .ToList();
        return Frame(window, "rain", "Rain") with
        {
            Description = bars.Count == 0
                ? "No rain measurements in this range."
                : $"{Shown.Tenths(bars.Sum(b => b.Value), "mm")} fell in this range.",
            Unit = hours == 1 ? "mm in 1 h" : $"mm in {hours} h",
            Bars = bars,
            FromZero = true,
            Low = true,
            Nothing = bars.Count == 0 ? "no rain measurements in this range" : "no rain in this range",
        };
    }

    public static Chart States(HiveWindow window) => Frame(window, "risk", "State by the rule") with
    {
        Description = window.States.Count == 0
            ? "No runs in this range."
            : string.Join(
                ", ",
                window.States
                    .GroupBy(r => r.State)
                    .OrderByDescending(g => g.Key)
                    .Select(g => $"{StateNames.Of(g.Key).ToLowerInvariant()} for {g.Count()} h")) + ".",
        Rows = [.. RowStates.Select(StateNames.Of)],
        Stretches = Stretches(window),
    };

    private static Chart Frame(HiveWindow window, string id, string title) => new()
    {
        Id = id,
        Title = $"{title} of {window.Hive.Name}, last {window.Span.Name}",
        Description = "",
        From = window.From,
        To = window.To,
        Zone = window.Hive.Site.Zone,
        Nights = [.. Nights.Between(window.From, window.To, window.Hive.Site.Latitude, window.Hive.Site.Longitude)],
    };

    private static Line[] Lines(IReadOnlyList<Sample> inside, IReadOnlyList<Sample> outside) =>
    [
        new("outside", "outside", outside, WeatherJoin),
        new("in the hive", "hive", inside, Samples.LongestJoin),
    ];

    private static Sample[] Of(IEnumerable<WeatherHour> weather, Func<WeatherHour, double?> value) =>
        [.. weather.Where(h => value(h) is not null).Select(h => new Sample(h.Time, value(h)!.Value))];

    private static Band Expected(IEnumerable<HiveState> runs, Func<StateEvidence, (double? Value, double? Spread)> of) => new(
        "what its own history says, ± 1 spread",
        [.. runs.Select(r => (r.AsOf, Of: of(r.Evidence))).Where(r => r.Of is { Value: not null, Spread: not null })
            .Select(r => (r.AsOf, r.Of.Value!.Value - r.Of.Spread!.Value, r.Of.Value.Value + r.Of.Spread.Value))]);

    private static List<Stretch> Stretches(HiveWindow window)
    {
        var stretches = new List<Stretch>();
        foreach (var run in window.States)
        {
            var row = Array.IndexOf(RowStates, run.State);
            var from = Later(run.AsOf.AddHours(-1), window.From);
            if (stretches is [.., var last] && last.Row == row && last.To == from)
                stretches[^1] = last with { To = run.AsOf };
            else
                stretches.Add(new Stretch(from, run.AsOf, row, StateNames.Of(run.State).ToLowerInvariant()));
        }

        return stretches;
    }

    private static string Describe(IReadOnlyList<Sample> samples, string unit, string where) => samples.Count == 0
        ? $"No measurements {where} in this range."
        : $"{Shown.Tenths(samples.Min(s => s.Value), unit)} to {Shown.Tenths(samples.Max(s => s.Value), unit)} {where}, last "
            + $"{Shown.Tenths(samples[^1].Value, unit)}.";

    /// <summary>A sentence on readings that are not drawn; empty where all are.</summary>
    public static string NotDrawn(int count) => count == 0 ? ""
        : $" {Shown.Count(count, "reading")} of this range cannot be real and {(count == 1 ? "is" : "are")} not drawn.";

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
