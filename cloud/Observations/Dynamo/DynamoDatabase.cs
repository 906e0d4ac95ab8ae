using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using IotGateway.Aws;
using IotGateway.Cloud.Data.Aws;

namespace IotGateway.Cloud.Observations.Dynamo;

/// <summary>
/// The few calls of DynamoDB that the store makes, as many at once as the service takes. Failures are <see cref="AwsException"/>s.
/// </summary>
internal sealed class DynamoDatabase : IDisposable
{
    private const int Start = 16;
    private const int Most = 128;
    private const int DeletesAtOnce = 25;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    private readonly AmazonDynamoDBClient _client;
    private readonly AwsCalls _calls;

    /// <param name="tablePrefix">What the tables' names begin with.</param>
    /// <param name="options">The region.</param>
    /// <param name="serviceUrl">Empty for AWS.</param>
    /// <param name="time">The clock of the waits.</param>
    /// <param name="credentials">Null for the standard chain.</param>
    /// <param name="http">Null for the SDK's own.</param>
    public DynamoDatabase(
        string tablePrefix, AwsOptions options, string serviceUrl, TimeProvider time, AWSCredentials? credentials = null,
        HttpClientFactory? http = null)
    {
        Tables = new DynamoTables(tablePrefix);
        Limit = new AdaptiveLimit(Start, Most, time);
        _calls = new AwsCalls($"tables {tablePrefix}*", time, attempts: 9) { Answered = Limit.Answered };
        var config = new AmazonDynamoDBConfig { HttpClientFactory = http }.For(options.Region, serviceUrl, Timeout);
        _client = credentials is null ? new AmazonDynamoDBClient(config) : new AmazonDynamoDBClient(credentials, config);
    }

    public DynamoTables Tables { get; }

    public AdaptiveLimit Limit { get; }

    /// <summary>Number of times that the service said it was too much.</summary>
    public long Throttled => _calls.Throttled;

    public Task<IReadOnlyList<string>> CreateTablesAsync(CancellationToken cancellation) =>
        DoAsync("create", stop => Tables.CreateAsync(_client, stop), cancellation);

    /// <summary>Updates an item; the item as it was, empty for none.</summary>
    public async Task<Dictionary<string, AttributeValue>> UpdateAsync(UpdateItemRequest request, CancellationToken cancellation) =>
        (await DoAsync("update", stop => _client.UpdateItemAsync(request, stop), cancellation)).Attributes ?? [];

    public Task PutAsync(string table, Dictionary<string, AttributeValue> item, CancellationToken cancellation) =>
        DoAsync("put", stop => _client.PutItemAsync(new PutItemRequest(table, item), stop), cancellation);

    /// <summary>
    /// Puts an item in place of the one that bears <paramref name="standing"/> as its version, or where there is none when that is null.
    /// </summary>
    /// <returns>False when another one came first.</returns>
    /// <remarks>An item bears a new version each time, by which a put is known again that succeeded while its answer was lost.</remarks>
    public Task<bool> PutVersionAsync(
        string table, Dictionary<string, AttributeValue> item, string? standing, CancellationToken cancellation)
    {
        var version = Guid.NewGuid().ToString("N");
        item[DynamoTables.Version] = DynamoTables.Text(version);
        var request = new PutItemRequest(table, item)
        {
            ConditionExpression = standing is null ? "attribute_not_exists(#v)" : "#v = :v",
            ExpressionAttributeNames = new() { ["#v"] = DynamoTables.Version },
            ExpressionAttributeValues = standing is null ? null : new() { [":v"] = DynamoTables.Text(standing) },
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        };
        return DoAsync(
            "put",
            async stop =>
            {
                try
                {
                    await _client.PutItemAsync(request, stop);
                    return true;
                }
                catch (ConditionalCheckFailedException e)
                {
                    return e.Item?.GetValueOrDefault(DynamoTables.Version)?.S == version;
                }
            },
            cancellation);
    }

    /// <summary>Puts an item where there is none.</summary>
    /// <returns>False when there is one; it stays. Also for a put that succeeded while its answer was lost.</returns>
    public Task<bool> PutNewAsync(string table, Dictionary<string, AttributeValue> item, string key, CancellationToken cancellation)
    {
        var request = new PutItemRequest(table, item)
        {
            ConditionExpression = "attribute_not_exists(#k)",
            ExpressionAttributeNames = new() { ["#k"] = key },
        };
        return DoAsync(
            "put",
            async stop =>
            {
                try
                {
                    await _client.PutItemAsync(request, stop);
                    return true;
                }
                catch (ConditionalCheckFailedException)
                {
                    return false;
                }
            },
            cancellation);
    }

    /// <summary>An item; null when there is none.</summary>
    public async Task<Dictionary<string, AttributeValue>?> GetAsync(
        string table, Dictionary<string, AttributeValue> key, bool consistent, CancellationToken cancellation)
    {
        var answer = await DoAsync("get", stop => _client.GetItemAsync(new GetItemRequest(table, key, consistent), stop), cancellation);
        return answer.Item is { Count: > 0 } item ? item : null;
    }

    /// <summary>The first page of a query.</summary>
    public async Task<IReadOnlyList<Dictionary<string, AttributeValue>>> QueryPageAsync(
        QueryRequest request, CancellationToken cancellation) =>
        (await DoAsync("query", stop => _client.QueryAsync(request, stop), cancellation)).Items ?? [];

    /// <summary>All items that a query finds, page by page.</summary>
    public async IAsyncEnumerable<Dictionary<string, AttributeValue>> QueryAsync(
        QueryRequest request, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        do
        {
            var page = await DoAsync("query", stop => _client.QueryAsync(request, stop), cancellation);
            foreach (var item in page.Items ?? [])
                yield return item;
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }

    /// <summary>Counts what a query finds, and deletes it when told to.</summary>
    /// <param name="request">Which items.</param>
    /// <param name="keys">The names of the table's keys.</param>
    /// <param name="delete">Whether to delete them.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<long> ForgetAsync(QueryRequest request, string[] keys, bool delete, CancellationToken cancellation)
    {
        var count = 0L;
        request.ConsistentRead = true;
        await foreach (var some in QueryAsync(request, cancellation)
            .Select(item => keys.ToDictionary(k => k, k => item[k], StringComparer.Ordinal))
            .Chunk(DeletesAtOnce)
            .WithCancellation(cancellation))
        {
            count += some.Length;
            if (delete)
                await DeleteAsync(request.TableName, some, cancellation);
        }

        return count;
    }

    public async Task DeleteAsync(string table, IEnumerable<Dictionary<string, AttributeValue>> keys, CancellationToken cancellation)
    {
        foreach (var some in keys.Chunk(DeletesAtOnce))
        {
            Dictionary<string, List<WriteRequest>> left = new() { [table] = [.. some.Select(k => new WriteRequest(new DeleteRequest(k)))] };
            while (left.Count > 0)
            {
                var request = new BatchWriteItemRequest(left);
                left = (await DoAsync("delete", stop => _client.BatchWriteItemAsync(request, stop), cancellation)).UnprocessedItems ?? [];
                if (left.Count > 0)
                    Limit.Answered(false);
            }
        }
    }

    public void Dispose() => _client.Dispose();

    private Task<T> DoAsync<T>(string what, Func<CancellationToken, Task<T>> call, CancellationToken cancellation) =>
        Limit.RunAsync(() => _calls.DoAsync(what, call, cancellation), cancellation);
}
