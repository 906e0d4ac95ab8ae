using IotGateway.Cloud.Data;
using IotGateway.Cloud.Forecasts;
using IotGateway.Cloud.Lake;
using IotGateway.Cloud.Objects;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Observations.Dynamo;

namespace IotGateway.Cloud.Erasure;

/// <summary>How many days of what are kept; null for ever.</summary>
internal sealed record KeptDays(int? Raw, int? Curated, int? Refused, int? Hot);

/// <summary><c>cloud retain</c>: lists what a stopped cloud's stores hold beyond its time, and lets it go when told to.</summary>
internal sealed class RetainCommand(IObjectStore objects, IEnumerable<IErasable> places, IObservations hot, IForecastBook book, TimeProvider time)
{
    private const int DevicesAtOnce = 100;

    /// <exception cref="FormatException">Days are asked for where all is kept.</exception>
    public async Task<int> RunAsync(KeptDays days, bool apply, TextWriter output, CancellationToken cancellation)
    {
        Options.Check(days.Hot is null || hot is DynamoObservations, "--hot-days", days.Hot, "none with Observations:Store lite, which keeps all");
        var report = await new Retention(objects, time).RunAsync(days.Raw, days.Curated, dryRun: !apply, cancellation);
        foreach (var key in report.Raw)
            await output.WriteLineAsync($"raw        {key}");
        foreach (var partition in report.Partitions)
            await output.WriteLineAsync($"curated    {partition}");
        foreach (var key in report.Kept)
            await output.WriteLineAsync($"kept       {key}: the curated lake does not hold all of it yet");

        var refused = 0;
        foreach (var place in days.Refused is null ? [] : places.OfType<Refused>())
        {
            await foreach (var key in place.BeforeAsync(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-days.Refused!.Value), apply, cancellation))
            {
                refused++;
                await output.WriteLineAsync($"refused    {key}");
            }
        }

        var (observations, runs) = days.Hot is { } keep && hot is DynamoObservations tables ? await HotAsync(tables, time.GetUtcNow().AddDays(-keep), apply, cancellation) : (0, 0);
        var did = apply ? "were let go" : "would go; --apply lets them go";
        await output.WriteLineAsync(
            $"{report.Raw.Count} raw objects, {report.Partitions.Count} partitions, {refused} refused messages, {observations} observations and {runs} forecasts {did}; {report.Kept.Count} raw objects that are due stay.");
        return 0;
    }

    private async Task<(long Observations, long Runs)> HotAsync(DynamoObservations tables, DateTimeOffset before, bool apply, CancellationToken cancellation)
    {
        // Forecasts first: a device without newer readings leaves the list.
        var runs = 0L;
        for (var page = await hot.DevicesAsync(null, DevicesAtOnce, cancellation); page.Count > 0; page = await hot.DevicesAsync(page[^1], DevicesAtOnce, cancellation))
            runs += (await Task.WhenAll(page.Select(device => book.ForgetAsync(device, before, apply, cancellation)))).Sum();
        return (await tables.ForgetAsync(before, apply, cancellation), runs);
    }
}
