using Amazon.DynamoDBv2.Model;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Observations.Dynamo;

/// <summary>
/// Counts what the tables hold of a device, or of a time that is past, and deletes it when told to. Nothing may store meanwhile: a worker
/// remembers which months it has noted.
/// </summary>
internal sealed class Removal(DynamoDatabase database, DeviceItems devices)
{
    private const int DevicesAtOnce = 100;

    /// <summary>Every month from 2000 to 2049; what lies outside is found by the device's own list of months.</summary>
    private static readonly string[] AllMonths =
    [
        .. Enumerable.Range(0, 50 * 12)
            .Select(m => DynamoTables.MonthOf(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(m))),
    ];

    private static readonly string[] ReadingKeys = [DynamoTables.Partition, DynamoTables.Time];
    private static readonly string[] StateKeys = [DynamoTables.Owner, DynamoTables.Item];

    /// <summary>All of a device. It does not trust the list of months: a month that a crash left out of it is looked at too.</summary>
    /// <returns>Readings, and other items while there are no readings.</returns>
    public async Task<long> EraseAsync(DeviceId device, bool delete, CancellationToken cancellation)
    {
        var months = AllMonths.Union(await devices.MonthsAsync(device, cancellation), StringComparer.Ordinal);
        var (readings, others) = (0L, 0L);
        await Parallel.ForEachAsync(
            months, new ParallelOptions { MaxDegreeOfParallelism = DevicesAtOnce, CancellationToken = cancellation }, async (month, stop) =>
            {
                Interlocked.Add(ref readings, await ReadingsAsync(device, month, DateTimeOffset.MaxValue, delete, stop));
                Interlocked.Add(ref others, await ItemsAsync(DynamoTables.HoursOf(device, month), DateTimeOffset.MaxValue, delete, stop));
            });

        // Last, so that an erasure that was cut off finds the device again.
        others += await database.ForgetAsync(database.Tables.StateOf(DynamoTables.DeviceOwner(device)), StateKeys, delete, cancellation);
        others += await devices.UnlistAsync(device, delete, cancellation);
        return readings > 0 ? readings : others;
    }

    /// <summary>Counts readings measured before a time, of all devices; a device with nothing newer goes with it.</summary>
    /// <returns>Readings.</returns>
    public async Task<long> ForgetAsync(DateTimeOffset before, bool delete, CancellationToken cancellation)
    {
        var (count, month) = (0L, DynamoTables.MonthOf(before));
        for (IReadOnlyList<DeviceId> page = await devices.PageAsync(null, DevicesAtOnce, cancellation);
            page.Count > 0; page = await devices.PageAsync(page[^1], DevicesAtOnce, cancellation))
        {
            await Parallel.ForEachAsync(page, cancellation, async (device, stop) =>
            {
                foreach (var past in (await devices.MonthsAsync(device, stop)).Where(m => string.CompareOrdinal(m, month) <= 0))
                {
                    Interlocked.Add(ref count, await ReadingsAsync(device, past, before, delete, stop));
                    await ItemsAsync(DynamoTables.HoursOf(device, past), HourItems.HourOf(before), delete, stop);
                    if (delete && past != month)
                        await devices.ForgetMonthAsync(device, past, stop);
                }

                if (delete && (await devices.ReadAsync(device, consistent: true, stop)).Series.Values.All(s => s.Latest.Time < before))
                    await EraseAsync(device, delete: true, stop);
            });
        }

        return count;
    }

    private async Task<long> ReadingsAsync(
        DeviceId device, string month, DateTimeOffset before, bool delete, CancellationToken cancellation)
    {
        var (count, request) = (0L, Before(DynamoTables.ReadingsOf(device, month), before));
        await foreach (var some in database.QueryAsync(request, cancellation).Chunk(25).WithCancellation(cancellation))
        {
            count += some.Sum(item => item.Keys.Count(DynamoValue.IsMetric));
            if (delete)
                await database.DeleteAsync(
                    request.TableName, some.Select(item => ReadingKeys.ToDictionary(k => k, k => item[k], StringComparer.Ordinal)),
                    cancellation);
        }

        return count;
    }

    private Task<long> ItemsAsync(string partition, DateTimeOffset before, bool delete, CancellationToken cancellation) =>
        database.ForgetAsync(Before(partition, before), ReadingKeys, delete, cancellation);

    private QueryRequest Before(string partition, DateTimeOffset before) =>
        ReadingItems.Between(database.Tables.Readings, partition, null, DateTimeOffset.MinValue, before, consistent: true);
}
