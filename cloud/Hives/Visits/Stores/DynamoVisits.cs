using System.Globalization;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using IotGateway.Cloud.Observations.Dynamo;
using IotGateway.Cloud.Sites;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Hives.Visits.Stores;

/// <summary>
/// Visits in the table of state, for any number of processes: under <c>visits#KIND/ID</c> one item a version, and under <c>visits#</c>
/// a list of all hives that have one, written before what it leads to. They have no TTL.
/// </summary>
internal sealed class DynamoVisits(DynamoDatabase database) : IVisitStore
{
    private const string Document = "Document";
    private const string Devices = "Devices";

    private static readonly string[] Keys = [DynamoTables.Owner, DynamoTables.Item];

    public async Task<bool> AddAsync(SubjectId hive, KeptVisit visit, CancellationToken cancellation)
    {
        var (said, devices) = visit;
        await database.PutAsync(database.Tables.State, KeyOf(DynamoTables.Visited, hive.ToString()), cancellation);
        var item = KeyOf(DynamoTables.VisitsOf(hive.ToString()), Name(said));
        item[Document] = DynamoTables.Text(JsonSerializer.Serialize(said, VisitJson.Default.VisitVersion));
        if (devices.Count > 0)
            item[Devices] = new AttributeValue { SS = [.. devices.Select(d => d.ToString())] };
        return await database.PutNewAsync(database.Tables.State, item, DynamoTables.Item, cancellation);
    }

    public async Task<IReadOnlyList<VisitVersion>> AllAsync(SubjectId hive, CancellationToken cancellation) => await database
        .QueryAsync(Of(DynamoTables.VisitsOf(hive.ToString())), cancellation)
        .Select(item => JsonSerializer.Deserialize(item[Document].S, VisitJson.Default.VisitVersion)!)
        .ToListAsync(cancellation);

    public async Task<long> EraseAsync(DeviceId device, bool delete, CancellationToken cancellation)
    {
        var count = 0L;
        foreach (var hive in await database.QueryAsync(Of(DynamoTables.Visited), cancellation).ToListAsync(cancellation))
        {
            var all = await database
                .QueryAsync(Of(DynamoTables.VisitsOf(hive[DynamoTables.Item].S)), cancellation)
                .ToListAsync(cancellation);
            var found = all.Where(i => i.TryGetValue(Devices, out var d) && d.SS.Contains(device.ToString())).ToList();
            count += found.Count;
            if (!delete || found.Count == 0)
                continue;
            await DeleteAsync(found, cancellation);
            if (found.Count == all.Count)
                await DeleteAsync([hive], cancellation);
        }

        return count;
    }

    private Task DeleteAsync(IEnumerable<Dictionary<string, AttributeValue>> items, CancellationToken cancellation) =>
        database.DeleteAsync(
            database.Tables.State, items.Select(i => Keys.ToDictionary(k => k, k => i[k], StringComparer.Ordinal)), cancellation);

    /// <summary>Consistent: a correction is refused by the version that stands, not by an older one.</summary>
    private QueryRequest Of(string owner)
    {
        var request = database.Tables.StateOf(owner);
        request.ConsistentRead = true;
        return request;
    }

    private static Dictionary<string, AttributeValue> KeyOf(string owner, string item) =>
        new() { [DynamoTables.Owner] = DynamoTables.Text(owner), [DynamoTables.Item] = DynamoTables.Text(item) };

    private static string Name(VisitVersion said) => string.Create(CultureInfo.InvariantCulture, $"{said.Id}#{said.Version:0000}");
}
