using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using IotGateway.Cloud.Forecasts.Serving;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;
using IotGateway.Science.Hive.Temperature;
using IotGateway.Telemetry;
using Nest = IotGateway.Science.Hive.Temperature.NestTemperature;

namespace IotGateway.Cloud.Forecasts.Kinds.NestTemperature;

/// <summary>
/// Temperature in a hive 1, 6 and 24 hours ahead, with the hive's own interval; its truth is the mean of that hour. An endpoint is asked of
/// the hours that the local model can speak of, and the local model stands in for it.
/// </summary>
internal sealed class NestTemperatureKind(IObservations store, EndpointModel? endpoint = null) : IForecastKind
{
    private const string Unit = "Cel";

    public string Name => "nest-temperature";

    public string Title => "Temperature in the hive";

    public string SubjectKind => SubjectId.Hive;

    public TimeSpan Farthest => TimeSpan.FromHours(Nest.Horizons[^1]);

    public async Task<DateTimeOffset?> BeginsAsync(Subject subject, CancellationToken cancellation) =>
        await store.RangeAsync(
            subject, Metrics.HiveTemperature, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, 1,
            cancellation) is [var first] ? first.Time : null;

    public async Task<IReadOnlyList<Forecast>> MakeAsync(
        Subject subject, DateTimeOffset first, int count, CancellationToken cancellation)
    {
        var last = first.AddHours(count - 1);
        var hours = await NestHours.ReadAsync(store, subject, first.AddHours(-Nest.UsedHours), last, cancellation);
        var outlooks = Nest.Ahead(hours, count);
        var made = new List<Forecast>();
        var features = new List<double[]>();
        for (var i = 0; i < count; i++)
        {
            var asOf = first.AddHours(i);
            ForecastStep[] steps = [.. Nest.Horizons.Where(h => outlooks[h][i] is not null).Select(h => Step(outlooks[h][i]!, asOf, h))];
            if (steps.Length == 0)
                continue;
            var used = hours[i..(i + Nest.UsedHours)];
            made.Add(new Forecast(subject.Key, Name, asOf, "own-fortnight", "1", "as now", Hash(used), steps));
            features.Add(used);
        }

        return endpoint is null || made.Count == 0 ? made : await NestEndpoint.AskAsync(endpoint, made, features, cancellation);
    }

    public async Task<double?> TruthAsync(Subject subject, DateTimeOffset validAt, CancellationToken cancellation) =>
        await NestHours.ReadAsync(store, subject, validAt.AddHours(-1), validAt, cancellation) is [var mean] && !double.IsNaN(mean)
            ? mean
            : null;

    public async Task<string?> WhyNotAsync(Subject subject, DateTimeOffset asOf, CancellationToken cancellation) =>
        await BeginsAsync(subject, cancellation) is null
            ? "no thermometer in this hive has sent a reading"
            : "a forecast needs a day of its own hours and a reading in the last one";

    private static string Hash(ReadOnlySpan<double> hours) =>
        Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(hours)))[..16];

    private static ForecastStep Step(NestOutlook outlook, DateTimeOffset asOf, int horizon) => new(
        asOf.AddHours(horizon), Unit, Rounded(outlook.Value),
        [.. Nest.Levels.Zip(outlook.Quantiles, (level, value) => new Quantile(level, Rounded(value)))], null, Rounded(outlook.AsNow),
        [.. Reasons(outlook, horizon)]);

    /// <summary>To a thousandth: sensors tell hundredths.</summary>
    private static double Rounded(double celsius) => Math.Round(celsius, 3);

    private static IEnumerable<string> Reasons(NestOutlook outlook, int horizon)
    {
        if (horizon == Nest.Horizons[^1])
        {
            yield return "As now: bees hold their nest, and nothing that was tried says more of the same hour tomorrow.";
        }
        else
        {
            yield return Words($"Over the next {horizon} h it usually {Moves(outlook.UsualChange, "rises", "falls")} at this time of day.");
            if (Math.Abs(outlook.Trend) >= 0.1)
                yield return Words($"In the last hour it {Moves(outlook.Trend, "rose", "fell")} more than is usual for it.");
            if (Math.Abs(outlook.BelowDay) >= 0.1)
                yield return Words(
                    $"It lies {Math.Abs(outlook.BelowDay):0.0} °C {(outlook.BelowDay > 0 ? "below" : "above")} the mean of its last 24 h.");
        }

        yield return Words($"The interval is made of its own {outlook.Errors} errors of the last 14 days.");
        if (outlook.Errors < Nest.HistoryHours / 2)
            yield return "These are less than 7 days' worth, so take the interval with care.";
    }

    private static string Moves(double celsius, string up, string down) => Math.Abs(celsius) < 0.05
        ? "stays as it is"
        : Words($"{(celsius > 0 ? up : down)} by {Math.Abs(celsius):0.0} °C");

    private static string Words(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
