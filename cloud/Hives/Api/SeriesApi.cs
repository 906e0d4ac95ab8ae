using System.Globalization;
using System.Text.Json;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Web;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Hives.Api;

/// <summary>
/// A hive's series side by side, as columns, for charts and for those who load them into a table: every value, or least, mean and
/// greatest of each span.
/// </summary>
internal static class SeriesApi
{
    private const int MaxValues = 200_000;
    private const int MaxHours = 24 * 31;
    private static readonly TimeSpan DefaultSpan = TimeSpan.FromDays(7);

    public static void MapSeries(this IEndpointRouteBuilder routes) => routes.MapGet("/api/hives/{id}/series", SeriesAsync);

    private static async Task<IResult> SeriesAsync(
        string id, string? metrics, string? from, string? to, string? hours, Apiary apiary, IObservations store, SiteClock clock,
        CancellationToken cancellation)
    {
        if (apiary.FindHive(id) is not { } hive)
            return Problem.NotFound("hive", id);

        var all = await store.LatestAsync(hive, cancellation);
        var asked = metrics?.Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (asked is not null && Array.Find(asked, m => !all.Any(s => s.Metric == m)) is { } unknown)
            return Problem.BadParameter("metrics", unknown, $"some of {string.Join(',', all.Select(s => s.Metric))}");
        var now = await clock.NowAsync(hive.Site, cancellation) ?? DateTimeOffset.UnixEpoch;
        var ((since, until), refusal) = TimeRange.Read(from, to, Parameters.After(now, TimeSpan.FromMilliseconds(1)), DefaultSpan);
        if (refusal is not null)
            return refusal;
        if (hours is not null && Parameters.Limit(hours, MaxHours) is null)
            return Problem.BadParameter("hours", hours, $"1 to {MaxHours}, or none for every value");

        var chosen = all.Where(s => asked is null || asked.Contains(s.Metric)).ToArray();
        if (hours is null)
        {
            var values = new List<(Series, IReadOnlyList<Observation>)>();
            var left = MaxValues + 1;
            foreach (var series in chosen)
            {
                var found = await store.RangeAsync(hive, series.Metric, since, until, left, cancellation);
                values.Add((series, found));
                left -= found.Count;
                if (left <= 0)
                    return Problem.BadParameter(
                        "from", Parameters.Text(since), $"a range of at most {MaxValues} values, or hours to have spans");
            }

            return new Columns(json => Write(
                json, id, since, until, null, values.Select(v => (v.Item1, (Action<Utf8JsonWriter>)(j => WriteValues(j, v.Item2))))));
        }

        var width = TimeSpan.FromHours(int.Parse(hours, CultureInfo.InvariantCulture));
        var spans = new List<(Series, IReadOnlyList<Bucket>)>();
        foreach (var series in chosen)
            spans.Add((series, await store.BucketsAsync(hive, series.Metric, WholeHour(since), NextWholeHour(until), width, cancellation)));
        return new Columns(json => Write(
            json, id, since, until, width, spans.Select(v => (v.Item1, (Action<Utf8JsonWriter>)(j => WriteBuckets(j, v.Item2))))));
    }

    private static DateTimeOffset WholeHour(DateTimeOffset time) => new(
        time.UtcTicks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero);

    /// <summary>The first whole hour that is not before; the last one there is at the end of time.</summary>
    private static DateTimeOffset NextWholeHour(DateTimeOffset time) =>
        WholeHour(time < DateTimeOffset.MaxValue.AddHours(-1) ? time.AddHours(1).AddTicks(-1) : DateTimeOffset.MaxValue);

    private static void Write(
        Utf8JsonWriter json, string hive, DateTimeOffset from, DateTimeOffset to, TimeSpan? width,
        IEnumerable<(Series Series, Action<Utf8JsonWriter> Columns)> all)
    {
        json.WriteStartObject();
        json.WriteString("hive", hive);
        json.WriteString("from", from);
        json.WriteString("to", to);
        if (width is { } span)
            json.WriteNumber("hours", span.TotalHours);
        json.WriteStartArray("series");
        foreach (var (series, columns) in all)
        {
            json.WriteStartObject();
            json.WriteString("metric", series.Metric);
            json.WriteString("unit", series.Unit);
            columns(json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Times in milliseconds since 1970 UTC.</summary>
    private static void WriteValues(Utf8JsonWriter json, IReadOnlyList<Observation> values)
    {
        Column(json, "time", values, v => json.WriteNumberValue(v.Time.ToUnixTimeMilliseconds()));
        Column(json, "value", values, v => json.WriteNumberValue(v.Value));
        if (values.Any(v => v.Quality != Quality.Good))
            Column(json, "quality", values, v => json.WriteNumberValue((int)v.Quality));
    }

    private static void WriteBuckets(Utf8JsonWriter json, IReadOnlyList<Bucket> buckets)
    {
        Column(json, "time", buckets, b => json.WriteNumberValue(b.From.ToUnixTimeMilliseconds()));
        Column(json, "count", buckets, b => json.WriteNumberValue(b.Count));
        Column(json, "min", buckets, b => json.WriteNumberValue(b.Min));
        Column(json, "mean", buckets, b => json.WriteNumberValue(b.Mean));
        Column(json, "max", buckets, b => json.WriteNumberValue(b.Max));
    }

    private static void Column<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> rows, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var row in rows)
            write(row);
        json.WriteEndArray();
    }

    /// <summary>Writes straight to the connection.</summary>
    private sealed class Columns(Action<Utf8JsonWriter> write) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.ContentType = "application/json; charset=utf-8";
            await using var json = new Utf8JsonWriter(httpContext.Response.BodyWriter);
            write(json);
            await json.FlushAsync(httpContext.RequestAborted);
        }
    }
}
