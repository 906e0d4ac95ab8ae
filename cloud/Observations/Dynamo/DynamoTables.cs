using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Observations.Dynamo;

/// <summary>
/// The two tables and the names in them. Names that are ours begin with a capital, which no metric's does.
/// <para><c>PREFIXreadings</c>, keyed by <c>Partition</c> (S) and <c>Time</c> (N, ms since 1970 UTC): under <c>DEVICE#YYYY-MM</c> one item
/// a device and time with each metric as an attribute, a number, or a map of <c>v</c> value and <c>q</c> quality bits where something
/// speaks against it; under
/// <c>DEVICE#YYYY-MM#hours</c> one item a complete hour with each metric as a list of count, least, sum and greatest; under
/// <c>KIND/ID/SERIES#said</c> one item a state or forecast. <c>Expires</c> is the TTL.</para>
/// <para><c>PREFIXstate</c>, keyed by <c>Owner</c> and <c>Item</c> (S): <c>device#D</c> / <c>latest</c>, <c>month#YYYY-MM</c>;
/// <c>gateway#G</c> /
/// <c>stream#S</c>, <c>gaps</c>; <c>devices</c> / the name of each device that has reported,
/// <c>gateways</c> / that of each gateway; <c>said</c> and <c>said#D</c> / the names of all series and of those said from a device's
/// readings; <c>visits#KIND/ID</c> / one item a version of a visit, <c>visits#</c> / the names of the hives that have any.</para>
/// </summary>
internal sealed class DynamoTables(string prefix)
{
    public const string Partition = "Partition";
    public const string Time = "Time";
    public const string Expires = "Expires";
    public const string Version = "Version";
    public const string Owner = "Owner";
    public const string Item = "Item";

    public string Readings { get; } = prefix + "readings";

    public string State { get; } = prefix + "state";

    /// <summary>The owner of the list of devices.</summary>
    public const string Devices = "devices";

    /// <summary>The owner of the list of gateways.</summary>
    public const string Gateways = "gateways";

    public static string MonthOf(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);

    public static string ReadingsOf(DeviceId device, string month) => $"{device}#{month}";

    public static string HoursOf(DeviceId device, string month) => $"{device}#{month}#hours";

    /// <summary>The owner of the list of all that was said: states and forecasts, by series.</summary>
    public const string Said = "said";

    /// <summary>The owner of the list of what was said from a device's readings.</summary>
    public static string SaidFrom(DeviceId device) => $"said#{device}";

    public static string SaidOf(string series) => $"{series}#said";

    /// <summary>The owner of the list of all hives that have visits.</summary>
    public const string Visited = "visits#";

    public static string VisitsOf(string hive) => $"{Visited}{hive}";

    public static string DeviceOwner(DeviceId device) => $"device#{device}";

    public static string GatewayOwner(string gateway) => $"gateway#{gateway}";

    /// <summary>Query for all of an owner in the table of state.</summary>
    public QueryRequest StateOf(string owner) => new()
    {
        TableName = State,
        KeyConditionExpression = "#o = :o",
        ExpressionAttributeNames = new() { ["#o"] = Owner },
        ExpressionAttributeValues = new() { [":o"] = Text(owner) },
    };

    public static AttributeValue Text(string text) => new(text);

    public static AttributeValue Number(long number) => new() { N = number.ToString(System.Globalization.CultureInfo.InvariantCulture) };

    public static long Long(AttributeValue value) => long.Parse(value.N, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>
    /// Makes the tables, paid by request, with their TTL; those that stand are left as they are. For tests and development: elsewhere the
    /// deployment makes them.
    /// </summary>
    /// <returns>The names of those made.</returns>
    public async Task<IReadOnlyList<string>> CreateAsync(IAmazonDynamoDB client, CancellationToken cancellation)
    {
        var made = new List<string>();
        foreach (var (table, hash, range, rangeType) in new[]
        {
            (Readings, Partition, Time, ScalarAttributeType.N), (State, Owner, Item, ScalarAttributeType.S),
        })
        {
            try
            {
                await client.CreateTableAsync(
                    new CreateTableRequest
                    {
                        TableName = table,
                        BillingMode = BillingMode.PAY_PER_REQUEST,
                        AttributeDefinitions = [new(hash, ScalarAttributeType.S), new(range, rangeType)],
                        KeySchema = [new(hash, KeyType.HASH), new(range, KeyType.RANGE)],
                    },
                    cancellation);
            }
            catch (ResourceInUseException)
            {
                continue;
            }

            made.Add(table);
            while ((await client.DescribeTableAsync(table, cancellation)).Table.TableStatus != TableStatus.ACTIVE)
                await Task.Delay(TimeSpan.FromSeconds(1), cancellation);
            if (table == Readings)
            {
                await client.UpdateTimeToLiveAsync(
                    new UpdateTimeToLiveRequest
                    {
                        TableName = table,
                        TimeToLiveSpecification = new TimeToLiveSpecification { AttributeName = Expires, Enabled = true },
                    }, cancellation);
            }
        }

        return made;
    }
}
