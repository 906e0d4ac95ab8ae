using System.IO.Compression;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using IotGateway.Cloud.Hives.State.Rule;
using IotGateway.Cloud.Observations.Dynamo;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Hives.State;

/// <summary>
/// The book in the readings' table, for any number of processes: under <c>DEVICE#runs</c> one item a run, its JSON packed, keyed by what it was said as of. Of
/// several forecasters that judge one hour the first to write is the one that said it.
/// </summary>
/// <param name="database">Where.</param>
/// <param name="retainMonths">Months after which runs may go; 0 for never.</param>
/// <param name="time">The clock that counts them.</param>
internal sealed class DynamoStateStore(DynamoDatabase database, int retainMonths, TimeProvider time) : IStateStore
{
    private const string Run = "Run";
    private const int Quality = 5;
    private const int Window = 16;

    private string Table => database.Tables.Readings;

    public async Task<int> AddAsync(DeviceId device, IReadOnlyList<HiveState> runs, CancellationToken cancellation)
    {
        var added = await Task.WhenAll(runs.Select(run => database.PutNewAsync(Table, ToItem(device, run), DynamoTables.Time, cancellation)));
        return added.Count(a => a);
    }

    public async Task<HiveState?> NewestAsync(DeviceId device, CancellationToken cancellation)
    {
        var request = Between(device, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);
        (request.ScanIndexForward, request.Limit) = (false, 1);
        await foreach (var item in database.QueryAsync(request, cancellation))
            return Read(item);
        return null;
    }

    public async Task<IReadOnlyList<HiveState>> RangeAsync(DeviceId device, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation)
    {
        var runs = new List<HiveState>();
        if (ReadingItems.IsEmpty(from, to) || limit < 1)
            return runs;
        var request = Between(device, from, to);
        request.Limit = limit < 1_000 ? limit : null;
        await foreach (var item in database.QueryAsync(request, cancellation))
        {
            runs.Add(Read(item));
            if (runs.Count == limit)
                break;
        }

        return runs;
    }

    public Task<long> ForgetAsync(DeviceId device, DateTimeOffset before, bool delete, CancellationToken cancellation) =>
        database.ForgetAsync(Between(device, DateTimeOffset.UnixEpoch, before), [DynamoTables.Partition, DynamoTables.Time], delete, cancellation);

    private QueryRequest Between(DeviceId device, DateTimeOffset from, DateTimeOffset to) =>
        ReadingItems.Between(Table, DynamoTables.RunsOf(device), null, from, to, consistent: false);

    private Dictionary<string, AttributeValue> ToItem(DeviceId device, HiveState run)
    {
        var item = ReadingItems.Key(DynamoTables.RunsOf(device), run.AsOf);
        item[Run] = new AttributeValue { B = new MemoryStream(Packed(run), writable: false) };
        if (retainMonths > 0)
            item[DynamoTables.Expires] = DynamoTables.Number(time.GetUtcNow().AddMonths(retainMonths).ToUnixTimeSeconds());
        return item;
    }

    /// <summary>Brotli: some 1,100 bytes become less than a kilobyte, which is what one write may hold.</summary>
    private static byte[] Packed(HiveState run)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(run, StateJson.Default.HiveState);
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(json.Length)];
        BrotliEncoder.TryCompress(json, packed, out var length, Quality, Window);
        return packed[..length];
    }

    private static HiveState Read(Dictionary<string, AttributeValue> item)
    {
        using var json = new BrotliStream(item[Run].B, CompressionMode.Decompress);
        return JsonSerializer.Deserialize(json, StateJson.Default.HiveState)!;
    }
}
