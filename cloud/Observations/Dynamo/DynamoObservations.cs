using IotGateway.Cloud.Observations.Lite;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Cloud.Observations.Dynamo;

/// <summary>
/// The hot store in DynamoDB, for any number of processes; <see cref="DynamoTables"/> has the layout. Storing is idempotent: what a worker
/// that died has left half done is done by whoever gets its batches again. Only a series' count may then stay behind, by what was
/// written and not yet counted: it is added with the newest values, once, and never counted twice.
/// </summary>
internal sealed class DynamoObservations : IObservations
{
    private readonly DynamoDatabase _database;
    private readonly ReadingItems _readings;
    private readonly HourItems _hours;
    private readonly DeviceItems _devices;
    private readonly GatewayItems _gateways;
    private readonly TimeProvider _time;
    private readonly int _retainMonths;

    /// <param name="database">Where.</param>
    /// <param name="retainMonths">Months after which readings may go, counted from when they came; 0 for never.</param>
    /// <param name="time">The clock that counts them.</param>
    public DynamoObservations(DynamoDatabase database, int retainMonths, TimeProvider time)
    {
        (_database, _retainMonths, _time) = (database, retainMonths, time);
        _readings = new ReadingItems(database);
        _hours = new HourItems(database, _readings);
        _devices = new DeviceItems(database, _hours);
        _gateways = new GatewayItems(database, time);
    }

    /// <summary>Not known: no table counts its items.</summary>
    public long? Count => null;

    public DateTimeOffset? Position => null;

    public async Task<IReadOnlyList<StoreResult>> StoreAsync(
        IReadOnlyList<Batch> batches, DateTimeOffset? position, CancellationToken cancellation)
    {
        DateTimeOffset? expires = _retainMonths == 0 ? null : _time.GetUtcNow().AddMonths(_retainMonths);
        var results = new StoreResult[batches.Count];
        var all = batches.SelectMany((b, i) => b.Readings.Select(r => (Batch: i, Reading: r))).GroupBy(r => r.Reading.Device);
        await Task.WhenAll(all.Select(device => StoreDeviceAsync(device.Key, [.. device], results, expires, cancellation)));

        // Last of all: what is applied is all there.
        await Task.WhenAll(batches.GroupBy(b => b.Gateway, StringComparer.Ordinal).Select(async gateway =>
        {
            await _gateways.AddGapsAsync(gateway.Key, [.. gateway.SelectMany(b => b.Gaps)], cancellation);
            foreach (var stream in gateway.GroupBy(b => b.Stream, StringComparer.Ordinal))
                await _gateways.AddAsync(
                    gateway.Key, stream.Key, [.. stream.Select(b => new SequenceRange(b.First, b.Last))], cancellation);
        }));
        return results;
    }

    /// <summary>Nothing to do: what is stored is durable.</summary>
    public Task FlushAsync(CancellationToken cancellation) => Task.CompletedTask;

    public Task<SequenceSet> AppliedAsync(string gateway, string stream, CancellationToken cancellation) =>
        _gateways.AppliedAsync(gateway, stream, cancellation);

    /// <summary>None: an item knows no gateway, so a conflict is counted and not attributed.</summary>
    public Task<IReadOnlyList<Contest>> ContestsAsync(string gateway, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Contest>>([]);

    public async Task<IReadOnlyList<Series>> LatestAsync(DeviceId device, CancellationToken cancellation) =>
        [
            .. (await _devices.ReadAsync(device, consistent: false, cancellation)).Series.Values.OrderBy(
                s => s.Metric, StringComparer.Ordinal),
        ];

    public Task<IReadOnlyList<DeviceId>> DevicesAsync(DeviceId? after, int limit, CancellationToken cancellation) =>
        _devices.PageAsync(after, limit, cancellation);

    public async Task<IReadOnlyList<Observation>> RangeAsync(
        DeviceId device, string metric, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation)
    {
        var found = new List<Observation>();
        if (from >= to || limit < 1)
            return found;
        foreach (var month in await MonthsAsync(device, from, to, cancellation))
        {
            // A page may hold items without the metric, so that more are asked for until there are enough.
            int? page = limit < 1_000 ? limit : null;
            await foreach (var (time, item) in _readings.ReadAsync(device, month, metric, from, to, page, consistent: false, cancellation))
            {
                if (item.TryGetValue(metric, out var value))
                    found.Add(DynamoValue.Observation(time, value));
                if (found.Count == limit)
                    return found;
            }
        }

        return found;
    }

    public async Task<IReadOnlyList<Bucket>> BucketsAsync(
        DeviceId device, string metric, DateTimeOffset from, DateTimeOffset to, TimeSpan width, CancellationToken cancellation)
    {
        var (series, _) = await _devices.ReadAsync(device, consistent: false, cancellation);
        if (series.Count == 0 || from >= to)
            return [];

        // The device's newest hour is not complete: it is computed as it is asked for.
        var newest = series.Values.Max(s => HourItems.HourOf(s.Latest.Time));
        var hours = new List<Bucket>();
        foreach (var month in await MonthsAsync(device, from, to < newest ? to : newest, cancellation))
            hours.AddRange(await _hours.ReadAsync(device, month, metric, from, to < newest ? to : newest, cancellation));
        if (newest >= from && newest < to
            && (await _hours.MetricsAsync(device, newest, consistent: false, cancellation)).TryGetValue(metric, out var current))
            hours.Add(current.At(newest));
        return DaySummary.Join(hours, width);
    }

    public Task<IReadOnlyList<AppliedStream>> StreamsAsync(CancellationToken cancellation) => _gateways.StreamsAsync(cancellation);

    public Task<IReadOnlyList<Gap>> GapsAsync(string gateway, CancellationToken cancellation) => _gateways.GapsAsync(gateway, cancellation);

    public Task<long> EraseAsync(DeviceId device, bool delete, CancellationToken cancellation) =>
        new Removal(_database, _devices).EraseAsync(device, delete, cancellation);

    /// <summary>Counts the readings of a time before another, and deletes them when told to; sooner than their TTL would.</summary>
    public async Task<long?> ForgetAsync(DateTimeOffset before, bool delete, CancellationToken cancellation) =>
        await new Removal(_database, _devices).ForgetAsync(before, delete, cancellation);

    private async Task<IReadOnlyList<string>> MonthsAsync(
        DeviceId device, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation)
    {
        var (first, last) = (DynamoTables.MonthOf(from), DynamoTables.MonthOf(to));
        return
        [
            .. (await _devices.MonthsAsync(device, cancellation)).Where(m => string.CompareOrdinal(m, first) >= 0
                && string.CompareOrdinal(m, last) <= 0),
        ];
    }

    /// <summary>The months, the readings, the complete hours and the newest values of one device, in this order.</summary>
    private async Task StoreDeviceAsync(
        DeviceId device, (int Batch, Reading Reading)[] readings, StoreResult[] results, DateTimeOffset? expires,
        CancellationToken cancellation)
    {
        foreach (var month in readings.Select(r => DynamoTables.MonthOf(r.Reading.Time)).Distinct(StringComparer.Ordinal))
            await _devices.AddMonthAsync(device, month, cancellation);
        var outcomes = await Task.WhenAll(
            readings
                .GroupBy(r => r.Reading.Time)
                .Select(time => StoreTimeAsync(device, time.Key, [.. time], results, expires, cancellation)));

        var added = outcomes.SelectMany(o => o.Added).CountBy(m => m, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        await _devices.UpdateAsync(device, [.. outcomes.SelectMany(o => o.Firsts)], added, expires, cancellation);
    }

    /// <returns>The metrics that were new, and of each metric what now stands there.</returns>
    private async Task<(IReadOnlyList<string> Added, IReadOnlyList<Reading> Firsts)> StoreTimeAsync(
        DeviceId device, DateTimeOffset time, (int Batch, Reading Reading)[] readings, StoreResult[] results, DateTimeOffset? expires,
        CancellationToken cancellation)
    {
        var firsts = readings
            .DistinctBy(r => r.Reading.Metric, StringComparer.Ordinal)
            .ToDictionary(r => r.Reading.Metric, StringComparer.Ordinal);
        var standing = await _readings.AddAsync(device, time, [.. firsts.Values.Select(f => f.Reading)], expires, cancellation);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        lock (results)
        {
            foreach (var (batch, reading) in readings)
            {
                var isNew = !standing.ContainsKey(reading.Metric) && taken.Add(reading.Metric);
                var stands = standing.TryGetValue(reading.Metric, out var before) ? before.Value : firsts[reading.Metric].Reading.Value;
                var same = stands.Equals(reading.Value);
                var r = results[batch];
                results[batch] = new StoreResult(
                    r.Stored + (isNew ? 1 : 0), r.Duplicates + (!isNew && same ? 1 : 0), r.Conflicts + (!isNew && !same ? 1 : 0));
            }
        }

        return (
            [.. taken],
            [
                .. firsts.Values.Select(f => standing.TryGetValue(f.Reading.Metric, out var s)
                    ? f.Reading with { Value = s.Value, Quality = s.Quality }
                    : f.Reading),
            ]);
    }
}
