using System.Collections.Concurrent;
using System.IO.Compression;
using Amazon.DynamoDBv2.Model;
using IotGateway.Cloud.Observations.Dynamo;
using IotGateway.Cloud.Sites;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Forecasts.Documents;

/// <summary>
/// Timed documents in the readings' table, for any number of processes: under <c>KIND/ID/SERIES#said</c> one item a document, its JSON
/// packed. In the table of state a list of all series and one of each device's, written before what they lead to, so that nothing has to be
/// scanned.
/// </summary>
/// <param name="database">Where.</param>
/// <param name="retainMonths">Months after which documents may go; 0 for never.</param>
/// <param name="time">The clock that counts them.</param>
internal sealed class DynamoTimedDocuments(DynamoDatabase database, int retainMonths, TimeProvider time) : ITimedDocuments
{
    private const string Document = "Document";
    private const string Devices = "Devices";
    private const int Quality = 5;
    private const int Window = 16;

    private static readonly string[] Keys = [DynamoTables.Partition, DynamoTables.Time];

    private static readonly string[] ListKeys = [DynamoTables.Owner, DynamoTables.Item];

    private readonly ConcurrentDictionary<(string Owner, string Series), bool> _listed = [];

    private string Table => database.Tables.Readings;

    public async Task<int> AddAsync(
        SubjectId subject, string series, IReadOnlyList<TimedDocument> documents, CancellationToken cancellation)
    {
        var name = Name(subject, series);
        foreach (var owner in documents.SelectMany(d => d.Devices).Distinct().Select(DynamoTables.SaidFrom).Prepend(DynamoTables.Said))
            await ListAsync(owner, name, cancellation);
        var added = await Task.WhenAll(
            documents.Select(document => database.PutNewAsync(Table, ToItem(name, document), DynamoTables.Time, cancellation)));
        return added.Count(a => a);
    }

    public async Task<TimedDocument?> NewestAsync(SubjectId subject, string series, CancellationToken cancellation)
    {
        var request = Between(Name(subject, series), DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);
        (request.ScanIndexForward, request.Limit) = (false, 1);
        await foreach (var item in database.QueryAsync(request, cancellation))
            return Read(item);
        return null;
    }

    public async Task<IReadOnlyList<TimedDocument>> RangeAsync(
        SubjectId subject, string series, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation)
    {
        var found = new List<TimedDocument>();
        if (ReadingItems.IsEmpty(from, to) || limit < 1)
            return found;
        var request = Between(Name(subject, series), from, to);
        request.Limit = limit < 1_000 ? limit : null;
        await foreach (var item in database.QueryAsync(request, cancellation))
        {
            found.Add(Read(item));
            if (found.Count == limit)
                break;
        }

        return found;
    }

    public async Task<long> EraseAsync(DeviceId device, bool delete, CancellationToken cancellation)
    {
        var count = 0L;
        foreach (var name in await ListedAsync(DynamoTables.SaidFrom(device), cancellation))
            count += await RemoveAsync(name, DateTimeOffset.MaxValue, item => DevicesOf(item).Contains(device), delete, cancellation);

        // Last, so that an erasure that was cut off finds them again.
        await database.ForgetAsync(database.Tables.StateOf(DynamoTables.SaidFrom(device)), ListKeys, delete, cancellation);
        _listed.Clear();
        return count;
    }

    public async Task<long> ForgetAsync(DateTimeOffset before, bool delete, CancellationToken cancellation)
    {
        var count = 0L;
        foreach (var name in await ListedAsync(DynamoTables.Said, cancellation))
            count += await RemoveAsync(name, before, _ => true, delete, cancellation);
        return count;
    }

    /// <summary>Counts some documents of a series, and deletes them when told to; a series without any leaves the lists.</summary>
    private async Task<long> RemoveAsync(
        string name, DateTimeOffset before, Func<Dictionary<string, AttributeValue>, bool> those, bool delete,
        CancellationToken cancellation)
    {
        var found = await database.QueryAsync(All(name, before), cancellation).Where(those).ToListAsync(cancellation);
        if (!delete || found.Count == 0)
            return found.Count;
        await database.DeleteAsync(
            Table, found.Select(item => Keys.ToDictionary(k => k, k => item[k], StringComparer.Ordinal)), cancellation);
        if ((await database.QueryPageAsync(All(name, DateTimeOffset.MaxValue), cancellation)).Count == 0)
            await UnlistAsync(name, found.SelectMany(DevicesOf).Distinct(), cancellation);
        return found.Count;
    }

    /// <summary>The keys and devices of a series' documents before a time, as they are now.</summary>
    private QueryRequest All(string name, DateTimeOffset before)
    {
        var request = Between(name, DateTimeOffset.UnixEpoch, before);
        request.ConsistentRead = true;
        request.ProjectionExpression = "#p, #t, #d";
        request.ExpressionAttributeNames["#d"] = Devices;
        return request;
    }

    private async Task UnlistAsync(string name, IEnumerable<DeviceId> devices, CancellationToken cancellation)
    {
        foreach (var owner in devices.Select(DynamoTables.SaidFrom).Append(DynamoTables.Said))
            await database.DeleteAsync(database.Tables.State, [ListItem(owner, name)], cancellation);
        _listed.Clear();
    }

    private async Task ListAsync(string owner, string name, CancellationToken cancellation)
    {
        if (_listed.ContainsKey((owner, name)))
            return;
        await database.PutAsync(database.Tables.State, ListItem(owner, name), cancellation);
        _listed[(owner, name)] = true;
    }

    private ValueTask<List<string>> ListedAsync(string owner, CancellationToken cancellation)
    {
        var request = database.Tables.StateOf(owner);
        request.ConsistentRead = true;
        return database.QueryAsync(request, cancellation).Select(item => item[DynamoTables.Item].S).ToListAsync(cancellation);
    }

    private QueryRequest Between(string name, DateTimeOffset from, DateTimeOffset to) =>
        ReadingItems.Between(Table, DynamoTables.SaidOf(name), null, from, to, consistent: false);

    private Dictionary<string, AttributeValue> ToItem(string name, TimedDocument document)
    {
        var item = ReadingItems.Key(DynamoTables.SaidOf(name), document.Time);
        item[Document] = new AttributeValue { B = new MemoryStream(Packed(document.Json), writable: false) };
        if (document.Devices.Count > 0)
            item[Devices] = new AttributeValue { SS = [.. document.Devices.Select(d => d.ToString())] };
        if (retainMonths > 0)
            item[DynamoTables.Expires] = DynamoTables.Number(time.GetUtcNow().AddMonths(retainMonths).ToUnixTimeSeconds());
        return item;
    }

    /// <summary>Brotli: some 1,100 bytes become less than a kilobyte, which is what one write may hold.</summary>
    private static byte[] Packed(byte[] json)
    {
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(json.Length)];
        BrotliEncoder.TryCompress(json, packed, out var length, Quality, Window);
        return packed[..length];
    }

    private static TimedDocument Read(Dictionary<string, AttributeValue> item)
    {
        using var packed = new BrotliStream(item[Document].B, CompressionMode.Decompress);
        using var json = new MemoryStream();
        packed.CopyTo(json);
        return new TimedDocument(
            DateTimeOffset.FromUnixTimeMilliseconds(DynamoTables.Long(item[DynamoTables.Time])), DevicesOf(item), json.ToArray());
    }

    private static List<DeviceId> DevicesOf(Dictionary<string, AttributeValue> item) =>
        item.TryGetValue(Devices, out var names) ? [.. names.SS.Select(DeviceId.Parse)] : [];

    private static Dictionary<string, AttributeValue> ListItem(string owner, string name) =>
        new() { [DynamoTables.Owner] = DynamoTables.Text(owner), [DynamoTables.Item] = DynamoTables.Text(name) };

    private static string Name(SubjectId subject, string series) => $"{subject}/{series}";
}
