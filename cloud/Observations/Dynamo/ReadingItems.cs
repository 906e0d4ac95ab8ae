using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Observations.Dynamo;

/// <summary>A device's readings, one item a time: a frame of ten metrics is one write.</summary>
internal sealed class ReadingItems(DynamoDatabase database)
{
    /// <summary>An update's expression may have 4 KB and 300 operators.</summary>
    private const int MetricsAtOnce = 80;

    /// <summary>Adds the metrics that the item of that time does not have yet; doing it again changes nothing.</summary>
    /// <param name="device">Whose.</param>
    /// <param name="time">The readings' time.</param>
    /// <param name="readings">At most one a metric.</param>
    /// <param name="expires">When the item may be deleted; null for never.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>What stood there before, by metric.</returns>
    public async Task<Dictionary<string, Observation>> AddAsync(
        DeviceId device, DateTimeOffset time, IReadOnlyCollection<Reading> readings, DateTimeOffset? expires,
        CancellationToken cancellation)
    {
        var standing = new Dictionary<string, Observation>(StringComparer.Ordinal);
        foreach (var some in readings.Chunk(MetricsAtOnce))
        {
            var request = new UpdateItemRequest
            {
                TableName = database.Tables.Readings,
                Key = Key(DynamoTables.ReadingsOf(device, DynamoTables.MonthOf(time)), time),
                ExpressionAttributeNames = [],
                ExpressionAttributeValues = [],
                ReturnValues = ReturnValue.ALL_OLD,
            };
            var set = new StringBuilder("SET ");
            for (var i = 0; i < some.Length; i++)
            {
                set.Append(CultureInfo.InvariantCulture, $"#{i}=if_not_exists(#{i},:{i}),");
                request.ExpressionAttributeNames[$"#{i}"] = some[i].Metric;
                request.ExpressionAttributeValues[$":{i}"] = DynamoValue.Of(some[i].Value, some[i].Quality);
            }

            if (expires is { } end)
            {
                set.Append("#e=if_not_exists(#e,:e),");
                request.ExpressionAttributeNames["#e"] = DynamoTables.Expires;
                request.ExpressionAttributeValues[":e"] = DynamoTables.Number(end.ToUnixTimeSeconds());
            }

            request.UpdateExpression = set.ToString(0, set.Length - 1);
            var before = await database.UpdateAsync(request, cancellation);
            foreach (var reading in some)
            {
                if (before.TryGetValue(reading.Metric, out var value))
                    standing[reading.Metric] = DynamoValue.Observation(time, value);
            }
        }

        return standing;
    }

    /// <summary>A month's items with <paramref name="from"/> ≤ time &lt; <paramref name="to"/>, ascending.</summary>
    /// <param name="device">Whose.</param>
    /// <param name="month">Which.</param>
    /// <param name="metric">The one metric to read; null for all.</param>
    /// <param name="from">From when on.</param>
    /// <param name="to">Up to when.</param>
    /// <param name="limit">How many items to ask for at once; null for as many as a page holds.</param>
    /// <param name="consistent">Whether all that was ever acknowledged must be seen; costs twice as much.</param>
    /// <param name="cancellation">Gives up.</param>
    public async IAsyncEnumerable<(DateTimeOffset Time, Dictionary<string, AttributeValue> Item)> ReadAsync(
        DeviceId device, string month, string? metric, DateTimeOffset from, DateTimeOffset to, int? limit, bool consistent,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (IsEmpty(from, to))
            yield break;
        var request = Between(database.Tables.Readings, DynamoTables.ReadingsOf(device, month), metric, from, to, consistent);
        request.Limit = limit;
        await foreach (var item in database.QueryAsync(request, cancellation))
            yield return (DateTimeOffset.FromUnixTimeMilliseconds(DynamoTables.Long(item[DynamoTables.Time])), item);
    }

    /// <summary>True when no whole millisecond lies in a span; such a query would be refused.</summary>
    public static bool IsEmpty(DateTimeOffset from, DateTimeOffset to) => Ceiling(from) >= Ceiling(to);

    public static QueryRequest Between(
        string table, string partition, string? metric, DateTimeOffset from, DateTimeOffset to, bool consistent)
    {
        var request = new QueryRequest
        {
            TableName = table,
            KeyConditionExpression = "#p = :p AND #t BETWEEN :f AND :l",
            ExpressionAttributeNames = new() { ["#p"] = DynamoTables.Partition, ["#t"] = DynamoTables.Time },
            ExpressionAttributeValues = new()
            {
                [":p"] = DynamoTables.Text(partition),
                [":f"] = DynamoTables.Number(Ceiling(from)),
                [":l"] = DynamoTables.Number(Ceiling(to) - 1),
            },
            ConsistentRead = consistent,
        };
        if (metric is not null)
        {
            request.ProjectionExpression = "#t, #m";
            request.ExpressionAttributeNames["#m"] = metric;
        }

        return request;
    }

    public static Dictionary<string, AttributeValue> Key(string partition, DateTimeOffset time) =>
        new()
        {
            [DynamoTables.Partition] = DynamoTables.Text(partition),
            [DynamoTables.Time] = DynamoTables.Number(time.ToUnixTimeMilliseconds()),
        };

    /// <summary>The first whole millisecond that is not before.</summary>
    private static long Ceiling(DateTimeOffset time)
    {
        var milliseconds = time.ToUnixTimeMilliseconds();
        return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) < time ? milliseconds + 1 : milliseconds;
    }
}
