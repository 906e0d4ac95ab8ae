using Amazon.DynamoDBv2.Model;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Cloud.Observations.Dynamo;

/// <summary>
/// Knowledge of a gateway: the applied sequences of each of its streams, merged across workers, and the losses that it told of.
/// </summary>
internal sealed class GatewayItems(DynamoDatabase database, TimeProvider time)
{
    /// <summary>
    /// Ranges kept of one stream. With more, those behind the first are forgotten: they were answered when they came, and what the
    /// gateway sends again is stored again, harmlessly; only the contiguous sequence then stays behind them.
    /// </summary>
    public const int MostRanges = 300;

    private const int MostGaps = 100;
    private const string Stream = "stream#";
    private const string GapsItem = "gaps";
    private const string Ranges = "Ranges";
    private const string AppliedAt = "AppliedAt";
    private const string Told = "Told";

    /// <summary>Adds ranges to a stream's applied sequences.</summary>
    /// <returns>All of the stream.</returns>
    public async Task<SequenceSet> AddAsync(
        string gateway, string stream, IReadOnlyList<SequenceRange> ranges, CancellationToken cancellation)
    {
        while (true)
        {
            var (applied, version) = await ReadAsync(gateway, stream, cancellation);
            if (ranges.All(r => applied.Contains(r.First, r.Last)))
                return applied; // applied again, a stream is no later than it was

            foreach (var range in ranges)
                applied.Add(range.First, range.Last);
            Forget(applied);
            var item = Key(gateway, Stream + stream);
            item[Ranges] = new AttributeValue
            {
                L = [.. applied.Ranges.SelectMany(r => new[] { DynamoTables.Number(r.First), DynamoTables.Number(r.Last) })],
            };
            item[AppliedAt] = DynamoTables.Number(time.GetUtcNow().ToUnixTimeMilliseconds());
            if (version is null)
                await database.PutAsync(
                    database.Tables.State,
                    new()
                    {
                        [DynamoTables.Owner] = DynamoTables.Text(DynamoTables.Gateways),
                        [DynamoTables.Item] = DynamoTables.Text(gateway),
                    }, cancellation);
            if (await database.PutVersionAsync(database.Tables.State, item, version, cancellation))
                return applied;
        }
    }

    /// <summary>The applied sequences of a stream.</summary>
    public async Task<SequenceSet> AppliedAsync(string gateway, string stream, CancellationToken cancellation) =>
        (await ReadAsync(gateway, stream, cancellation)).Applied;

    /// <summary>All streams, the one applied last at the end; a query a gateway.</summary>
    public async Task<IReadOnlyList<AppliedStream>> StreamsAsync(CancellationToken cancellation)
    {
        var streams = new List<(long At, AppliedStream Stream)>();
        await foreach (var listed in database.QueryAsync(Of(DynamoTables.Gateways, ""), cancellation))
        {
            var gateway = listed[DynamoTables.Item].S;
            await foreach (var item in database.QueryAsync(Of(DynamoTables.GatewayOwner(gateway), Stream), cancellation))
                streams.Add(
                    (DynamoTables.Long(
                        item[AppliedAt]), new AppliedStream(gateway, item[DynamoTables.Item].S[Stream.Length..], ToSet(item))));
        }

        return [.. streams.OrderBy(s => s.At).Select(s => s.Stream)];
    }

    /// <summary>Adds losses that are not known yet; the oldest go.</summary>
    public async Task AddGapsAsync(string gateway, IReadOnlyCollection<Gap> told, CancellationToken cancellation)
    {
        for (var done = told.Count == 0; !done;)
        {
            var standing = await database.GetAsync(database.Tables.State, Key(gateway, GapsItem), consistent: true, cancellation);
            var known = ToGaps(standing);
            var all = known.Concat(told).Distinct().TakeLast(MostGaps).ToList();
            if (all.SequenceEqual(known))
                return;
            var item = Key(gateway, GapsItem);
            item[Told] = new AttributeValue { L = [.. all.Select(ToAttribute)] };
            done = await database.PutVersionAsync(database.Tables.State, item, standing?[DynamoTables.Version].S, cancellation);
        }
    }

    /// <summary>Losses that a gateway told of, newest last.</summary>
    public async Task<IReadOnlyList<Gap>> GapsAsync(string gateway, CancellationToken cancellation) =>
        ToGaps(await database.GetAsync(database.Tables.State, Key(gateway, GapsItem), consistent: false, cancellation));

    private QueryRequest Of(string owner, string begin)
    {
        var request = database.Tables.StateOf(owner);
        if (begin.Length > 0)
        {
            request.KeyConditionExpression += " AND begins_with(#i, :i)";
            request.ExpressionAttributeNames["#i"] = DynamoTables.Item;
            request.ExpressionAttributeValues[":i"] = DynamoTables.Text(begin);
        }

        return request;
    }

    /// <summary>Keeps the first range, which says how far nothing is missing, and the newest.</summary>
    private static void Forget(SequenceSet applied)
    {
        while (applied.Ranges.Count > MostRanges)
            applied.Remove(applied.Ranges[1].First, applied.Ranges[1].Last);
    }

    private async Task<(SequenceSet Applied, string? Version)> ReadAsync(string gateway, string stream, CancellationToken cancellation) =>
        await database.GetAsync(database.Tables.State, Key(gateway, Stream + stream), consistent: true, cancellation) is { } item
            ? (ToSet(item), item[DynamoTables.Version].S)
            : (new SequenceSet(), null);

    private static SequenceSet ToSet(Dictionary<string, AttributeValue> item) =>
        new(item[Ranges].L.Chunk(2).Select(pair => new SequenceRange(DynamoTables.Long(pair[0]), DynamoTables.Long(pair[1]))));

    private static List<Gap> ToGaps(Dictionary<string, AttributeValue>? item) => item is null ? [] :
    [
        .. item[Told].L.Select(g => new Gap(
            DynamoTables.Long(g.M["f"]), DynamoTables.Long(g.M["l"]), DynamoTables.Long(g.M["n"]),
            g.M["c"].S) { Stream = g.M.GetValueOrDefault("s")?.S }),
    ];

    private static AttributeValue ToAttribute(Gap gap)
    {
        var map = new Dictionary<string, AttributeValue>
        {
            ["f"] = DynamoTables.Number(gap.First),
            ["l"] = DynamoTables.Number(gap.Last),
            ["n"] = DynamoTables.Number(gap.Readings),
            ["c"] = DynamoTables.Text(gap.Cause),
        };
        if (gap.Stream is { } stream)
            map["s"] = DynamoTables.Text(stream);
        return new AttributeValue { M = map };
    }

    private static Dictionary<string, AttributeValue> Key(string gateway, string item) =>
        new()
        {
            [DynamoTables.Owner] = DynamoTables.Text(DynamoTables.GatewayOwner(gateway)),
            [DynamoTables.Item] = DynamoTables.Text(item),
        };
}
