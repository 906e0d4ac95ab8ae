using System.Diagnostics;
using System.Globalization;
using IotGateway.Benchmarks.Measures;
using IotGateway.Benchmarks.Peers;
using IotGateway.Cloud.Ingest.Commit;
using IotGateway.Cloud.Ingest.Receive;
using IotGateway.Cloud.Observations.Lite;
using IotGateway.Telemetry;

namespace IotGateway.Benchmarks.Cloud;

/// <summary>
/// Batches of 500 readings, one after the other, each durable before the next; ours as they come over the wire, up to hot store and raw
/// object.
/// </summary>
internal static class CloudIngest
{
    private const int Batch = 500;

    public static async Task RunAsync(string folder, bool quick, List<Ratio> ratios)
    {
        await using var cloud = await CloudHost.StartAsync(Path.Combine(folder, "cloud"), store: true);
        await using var postgres = await PostgreSql.StartAsync();
        await using var influx = await Influx.StartAsync(Path.Combine(folder, "influx"));
        var batches = quick ? 100 : 400;
        var sequence = 0L;
        var (ours, peer, other) = (new HiveReadings(100), new HiveReadings(100), new HiveReadings(100));
        var (rates, peers, others) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = -3; round < (quick ? 5 : 9); round++)
        {
            var messages = Enumerable.Range(0, batches).Select(_ => HiveReadings.Encode("gw", ++sequence, ours.Next(Batch))).ToArray();
            var rate = await PerSecondAsync(batches, i => OursAsync(cloud, messages[i]), async () =>
            {
                await cloud.Get<HotStoreWriter>().CatchUpAsync();
                await cloud.Get<SegmentArchiver>().ArchiveAsync(TimeSpan.Zero, CancellationToken.None);
            });
            double? postgresRate = postgres is null ? null : await CopiedAsync(peer, batches, PostgreSql.Prepare, postgres.CopyAsync);
            double? influxRate = influx is null ? null : await CopiedAsync(other, batches, Influx.Prepare, influx.WriteAsync);
            if (round < 0)
                continue;
            rates.Add(rate);
            if (postgresRate is { } postgresFigure)
                peers.Add(postgresFigure);
            if (influxRate is { } influxFigure)
                others.Add(influxFigure);
        }

        var stored = cloud.Get<LiteObservations>().Count;
        if ((postgres is not null && await postgres.CountAsync() != stored) || (influx is not null && await influx.CountAsync() != stored))
            throw new InvalidOperationException($"Not all have the {stored} readings.");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"ingest of {batches} × {Batch} readings a round, medians; {Environment.WorkingSet / 1_000_000} MB"));
        ratios.Add(new(
            "ingest, hot store and raw object", Rounds.Median(rates), "PostgreSQL 15, COPY of 500", MedianOrNone(peers), "readings/s", 1));
        ratios.Add(new(
            "ingest, hot store and raw object", Rounds.Median(rates), "InfluxDB 1.6, lines over HTTP", MedianOrNone(others), "readings/s",
            2));
    }

    private static double? MedianOrNone(List<double> figures) => figures.Count == 0 ? null : Rounds.Median(figures);

    private static async Task OursAsync(CloudHost cloud, byte[] message)
    {
        var (outcome, _) = await cloud.Get<BatchReceiver>().TakeAsync("gw", message, CancellationToken.None);
        await outcome;
    }

    private static async Task<double> CopiedAsync(
        HiveReadings source, int batches, Func<Reading[], byte[]> prepare, Func<byte[], Task> copy)
    {
        var prepared = Enumerable.Range(0, batches).Select(_ => prepare(source.Next(Batch))).ToArray();
        return await PerSecondAsync(batches, i => copy(prepared[i]), () => Task.CompletedTask);
    }

    private static async Task<double> PerSecondAsync(int batches, Func<int, Task> each, Func<Task> last)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < batches; i++)
            await each(i);
        await last();
        return batches * Batch / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
