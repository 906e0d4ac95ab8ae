using System.Collections.Concurrent;
using Amazon.DynamoDBv2.Model;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Observations.Dynamo;

/// <summary>Knowledge of a device in all: its newest values and counts, and the months that it has readings in.</summary>
internal sealed class DeviceItems(DynamoDatabase database, HourItems hours)
{
    /// <summary>More metrics of one device are kept but not listed: its item must stay small, whatever the device sends.</summary>
    public const int MostMetrics = 1_000;

    private const string Latest = "latest";
    private const string Month = "month#";
    private const string Metrics = "Metrics";
    private const int MostKnownMonths = 200_000;

    private readonly ConcurrentDictionary<(DeviceId Device, string Month), bool> _known = [];

    /// <summary>Notes that a device has readings in a month, before they are written: what is there can always be found.</summary>
    public async Task AddMonthAsync(DeviceId device, string month, CancellationToken cancellation)
    {
        if (_known.ContainsKey((device, month)))
            return;
        await database.PutAsync(database.Tables.State, Key(device, Month + month), cancellation);
        if (_known.Count >= MostKnownMonths)
            _known.Clear();
        _known[(device, month)] = true;
    }

    /// <summary>The months with readings, ascending.</summary>
    public async Task<IReadOnlyList<string>> MonthsAsync(DeviceId device, CancellationToken cancellation)
    {
        var request = database.Tables.StateOf(DynamoTables.DeviceOwner(device));
        request.KeyConditionExpression += " AND begins_with(#i, :m)";
        request.ExpressionAttributeNames["#i"] = DynamoTables.Item;
        request.ExpressionAttributeValues[":m"] = DynamoTables.Text(Month);
        var months = new List<string>();
        await foreach (var item in database.QueryAsync(request, cancellation))
            months.Add(item[DynamoTables.Item].S[Month.Length..]);
        return months;
    }

    /// <summary>The device's series by metric, and the version to replace.</summary>
    public async Task<(Dictionary<string, Series> Series, string? Version)> ReadAsync(
        DeviceId device, bool consistent, CancellationToken cancellation) =>
        await database.GetAsync(database.Tables.State, Key(device, Latest), consistent, cancellation) is { } item
            ? (ToSeries(device, item).ToDictionary(s => s.Metric, StringComparer.Ordinal), item[DynamoTables.Version].S)
            : ([], null);

    /// <summary>Devices with newest values, ascending: those after one, so many.</summary>
    public async Task<IReadOnlyList<DeviceId>> PageAsync(DeviceId? after, int limit, CancellationToken cancellation)
    {
        var request = database.Tables.StateOf(DynamoTables.Devices);
        request.Limit = limit;
        if (after is { } last)
        {
            request.KeyConditionExpression += " AND #i > :a";
            request.ExpressionAttributeNames["#i"] = DynamoTables.Item;
            request.ExpressionAttributeValues[":a"] = DynamoTables.Text(last.ToString());
        }

        return [.. (await database.QueryPageAsync(request, cancellation)).Select(item => DeviceId.Parse(item[DynamoTables.Item].S))];
    }

    /// <summary>
    /// Brings the newest values up after readings were written, and computes the hours that are complete: those before the device's newest.
    /// The newest hour is computed when another follows, by whoever brings that; so that one of two workers that meet there knows of the
    /// other, each replaces the version it has read.
    /// </summary>
    /// <param name="device">Whose.</param>
    /// <param name="readings">What was written, whether it was new or not.</param>
    /// <param name="added">How many of them were new, by metric.</param>
    /// <param name="expires">When computed hours may be deleted; null for never.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task UpdateAsync(
        DeviceId device, IReadOnlyCollection<Reading> readings, Dictionary<string, int> added, DateTimeOffset? expires,
        CancellationToken cancellation)
    {
        var touched = readings.Select(r => HourItems.HourOf(r.Time)).ToHashSet();
        var computed = new HashSet<DateTimeOffset>();
        for (var done = false; !done;)
        {
            var (series, version) = await ReadAsync(device, consistent: true, cancellation);
            DateTimeOffset? before = series.Count == 0 ? null : series.Values.Max(s => HourItems.HourOf(s.Latest.Time));
            var newest = before > touched.Max() ? before.Value : touched.Max();

            // What was the newest hour is computed each time: another worker may have written into it and left it to whoever ends it.
            var complete = touched.Where(h => h < newest && computed.Add(h)).ToHashSet();
            if (before < newest)
                complete.Add(before.Value);
            foreach (var hour in complete)
                await hours.ComputeAsync(device, hour, expires, cancellation);

            // Listed before it has newest values, so that each that has is listed.
            if (version is null)
                await database.PutAsync(database.Tables.State, ListKey(device), cancellation);
            var changed = Merge(device, series, readings, added) || touched.Contains(newest);
            done = !changed || await database.PutVersionAsync(database.Tables.State, ToItem(device, series.Values), version, cancellation);
        }
    }

    /// <summary>A month without readings is not looked at again.</summary>
    public Task ForgetMonthAsync(DeviceId device, string month, CancellationToken cancellation)
    {
        _known.TryRemove((device, month), out _);
        return database.DeleteAsync(database.Tables.State, [Key(device, Month + month)], cancellation);
    }

    /// <returns>1 when it is in the list of devices, and deleted from it when told to; otherwise 0.</returns>
    public async Task<int> UnlistAsync(DeviceId device, bool delete, CancellationToken cancellation)
    {
        if (await database.GetAsync(database.Tables.State, ListKey(device), consistent: true, cancellation) is null)
            return 0;
        if (delete)
        {
            _known.Clear();
            await database.DeleteAsync(database.Tables.State, [ListKey(device)], cancellation);
        }

        return 1;
    }

    private static bool Merge(
        DeviceId device, Dictionary<string, Series> series, IReadOnlyCollection<Reading> readings, Dictionary<string, int> added)
    {
        var changed = false;
        foreach (var metric in readings.GroupBy(r => r.Metric, StringComparer.Ordinal))
        {
            var newest = metric.MaxBy(r => r.Time);
            var latest = new Observation(newest.Time, newest.Value, (Quality)(ushort)newest.Quality);
            var standing = series.GetValueOrDefault(metric.Key);
            if (standing is null && series.Count >= MostMetrics)
                continue;

            // A reading in another unit bears Quality.UnexpectedUnit; it does not rename the series'.
            var next = standing ?? new Series(device, metric.Key, Telemetry.Metrics.Find(metric.Key)?.Unit ?? newest.Unit, 0, latest);
            next = next with
            {
                Count = next.Count + added.GetValueOrDefault(metric.Key),
                Latest = next.Latest.Time >= latest.Time ? next.Latest : latest,
            };
            changed |= next != standing;
            series[metric.Key] = next;
        }

        return changed;
    }

    private static Dictionary<string, AttributeValue> ToItem(DeviceId device, IEnumerable<Series> series)
    {
        var item = Key(device, Latest);
        item[Metrics] = new AttributeValue
        {
            M = series.ToDictionary(
                s => s.Metric,
                s => new AttributeValue
                {
                    M = new()
                    {
                        ["t"] = DynamoTables.Number(s.Latest.Time.ToUnixTimeMilliseconds()),
                        ["v"] = DynamoValue.Of(s.Latest.Value),
                        ["q"] = DynamoTables.Number((ushort)s.Latest.Quality),
                        ["u"] = DynamoTables.Text(s.Unit),
                        ["n"] = DynamoTables.Number(s.Count),
                    },
                },
                StringComparer.Ordinal),
        };
        return item;
    }

    private static IEnumerable<Series> ToSeries(DeviceId device, Dictionary<string, AttributeValue> item) =>
        item[Metrics].M.Select(m => new Series(
            device, m.Key, m.Value.M["u"].S, DynamoTables.Long(m.Value.M["n"]),
            new Observation(
                DateTimeOffset.FromUnixTimeMilliseconds(DynamoTables.Long(m.Value.M["t"])), DynamoValue.Double(m.Value.M["v"]),
                (Quality)(ushort)DynamoTables.Long(m.Value.M["q"]))));

    private static Dictionary<string, AttributeValue> ListKey(DeviceId device) =>
        new()
        {
            [DynamoTables.Owner] = DynamoTables.Text(DynamoTables.Devices),
            [DynamoTables.Item] = DynamoTables.Text(device.ToString()),
        };

    private static Dictionary<string, AttributeValue> Key(DeviceId device, string item) =>
        new() { [DynamoTables.Owner] = DynamoTables.Text(DynamoTables.DeviceOwner(device)), [DynamoTables.Item] = DynamoTables.Text(item) };
}
