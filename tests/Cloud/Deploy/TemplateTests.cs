using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using IotGateway.Cloud.Lake.Curated.Partitions;
using IotGateway.Cloud.Lake.Curated.Tables;
using IotGateway.Cloud.Observations.Dynamo;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Cloud.Tests.Deploy;

/// <summary>The CloudFormation template against itself, against what the code calls, and against the names the code uses.</summary>
public sealed partial class TemplateTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "deploy");
    private static readonly JsonObject Template = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "aws.template.json")))!.AsObject();
    private static readonly JsonObject Actions = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "actions.json")))!.AsObject();
    private static readonly JsonObject Resources = Template["Resources"]!.AsObject();

    [Fact]
    public void EveryReferenceLeadsSomewhereAndEveryParameterIsUsed()
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        var wrong = new List<string>();
        Walk(Template, node =>
        {
            if (node["Ref"] is JsonValue reference)
                Use((string)reference!);
            if (node["Fn::GetAtt"] is JsonArray attribute)
                Use($"{attribute[0]}.{attribute[1]}");
            if (node["Fn::Sub"] is JsonValue text)
            {
                foreach (Match match in Variables().Matches((string)text!))
                    Use(match.Groups["name"].Value);
            }

            if (node["Fn::If"] is JsonArray condition)
                Assert.True(Template["Conditions"]!.AsObject().ContainsKey((string)condition[0]!), $"condition {condition[0]}");
        });

        Assert.Empty(wrong);
        Assert.DoesNotContain(Template["Parameters"]!.AsObject(), p => !used.Contains(p.Key));

        void Use(string name)
        {
            used.Add(name);
            var parts = name.Split('.');
            var known = name.StartsWith("AWS::", StringComparison.Ordinal) || Resources.ContainsKey(parts[0])
                || (parts.Length == 1 && Template["Parameters"]!.AsObject().ContainsKey(name));
            if (!known || (parts.Length == 2 && parts[1] is not ("Arn" or "QueueName")))
                wrong.Add(name);
        }
    }

    [Fact]
    public void EachRoleMayCallExactlyWhatItsCodeCalls()
    {
        foreach (var (role, places) in Actions)
        {
            var name = $"{char.ToUpperInvariant(role[0])}{role[1..]}";
            var policy = role is "operator" or "eraser"
                ? Resources[$"{name}Policy"]!["Properties"]!["PolicyDocument"]!
                : Resources[$"{name}Role"]!["Properties"]!["Policies"]![0]!["PolicyDocument"]!;
            var granted = policy["Statement"]!
                .AsArray()
                .SelectMany(s => s!["Action"]!.AsArray().Select(a => $"{Place(s)} {a}"))
                .Order(StringComparer.Ordinal);
            var called = places!.AsObject().SelectMany(p => p.Value!.AsArray().Select(a => $"{p.Key} {a}")).Order(StringComparer.Ordinal);
            Assert.Equal(called, granted);
        }
    }

    [Fact]
    public void AForecasterMayWriteForecastsAndNoReadings()
    {
        var statements = Resources["ForecastRole"]!["Properties"]!["Policies"]![0]!["PolicyDocument"]!["Statement"]!.AsArray();
        var writing = statements.Where(s => Texts(s!["Action"]).Contains("dynamodb:PutItem"))
            .Select(s => Texts(s!["Condition"]!["ForAllValues:StringLike"]!["dynamodb:LeadingKeys"]).ToArray()).ToArray();
        Assert.Equal(2, writing.Length);
        var keys = Assert.Single(writing[0]);

        Assert.EndsWith(keys.TrimStart('*'), DynamoTables.SaidOf("hive/a/state"), StringComparison.Ordinal);
        Assert.Equal([DynamoTables.Said, DynamoTables.SaidFrom(DeviceId.Parse("a"))], writing[1].Select(k => k.Replace('*', 'a')));
        Assert.False(DynamoTables.ReadingsOf(DeviceId.Parse("a"), "2021-07").EndsWith(keys.TrimStart('*'), StringComparison.Ordinal));
        Assert.False(DynamoTables.HoursOf(DeviceId.Parse("a"), "2021-07").EndsWith(keys.TrimStart('*'), StringComparison.Ordinal));
    }

    [Fact]
    public void ThePagesMayWriteVisitsAndNothingElse()
    {
        var statements = Resources["WebRole"]!["Properties"]!["Policies"]![0]!["PolicyDocument"]!["Statement"]!.AsArray();
        var writing = Assert.Single(statements, s => Texts(s!["Action"]).Contains("dynamodb:PutItem"));
        var key = Assert.Single(Texts(writing!["Condition"]!["ForAllValues:StringLike"]!["dynamodb:LeadingKeys"])).TrimEnd('*');

        Assert.StartsWith(key, DynamoTables.Visited, StringComparison.Ordinal);
        Assert.StartsWith(key, DynamoTables.VisitsOf("hive/a"), StringComparison.Ordinal);
        Assert.False(DynamoTables.DeviceOwner(DeviceId.Parse("a")).StartsWith(key, StringComparison.Ordinal));
    }

    [Fact]
    public void NoPolicyAllowsEverythingOrEverywhere() => Walk(Template, node =>
    {
        if ((string?)node["Effect"] is not "Allow" || node["Resource"] is null)
            return;
        Assert.DoesNotContain(Texts(node["Action"]), a => a.EndsWith('*'));
        Assert.DoesNotContain(Texts(node["Resource"]), r => r is "*");
    });

    [Fact]
    public void OfTheWorkersOnlyIngestWritesTheRecordAndNoneDeletesIt()
    {
        var writing = new List<string>();
        foreach (var (name, role) in Resources.Where(r => (string?)r.Value!["Type"] == "AWS::IAM::Role"
            && r.Key is not ("RuleRole" or "ProvisioningRole")))
        {
            foreach (var statement in role!["Properties"]!["Policies"]![0]!["PolicyDocument"]!["Statement"]!.AsArray())
            {
                if (Texts(
                    statement!["Resource"]).Any(r => r.EndsWith("/*", StringComparison.Ordinal)
                        && "${LakeBucket.Arn}/raw/".StartsWith(r[..^1], StringComparison.Ordinal)))
                    writing.AddRange(Texts(statement["Action"]).Where(a => a != "s3:GetObject").Select(a => $"{name} {a}"));
            }
        }

        Assert.Equal(["IngestRole s3:PutObject"], writing);
    }

    [Fact]
    public void WhatHoldsDataIsEncryptedKeptAndClosed()
    {
        var bucket = Resources["LakeBucket"]!;

        // Older versions would keep what is erased.
        Assert.Null(bucket["Properties"]!["VersioningConfiguration"]);
        Assert.Equal("Retain", (string?)bucket["DeletionPolicy"]);
        Assert.NotNull(bucket["Properties"]!["BucketEncryption"]);
        Assert.All(bucket["Properties"]!["PublicAccessBlockConfiguration"]!.AsObject(), block => Assert.True((bool)block.Value!));
        Assert.Equal(4, bucket["Properties"]!["PublicAccessBlockConfiguration"]!.AsObject().Count);
        foreach (var (_, resource) in Resources.Where(r => (string?)r.Value!["Type"] == "AWS::SQS::Queue"))
            Assert.True((bool)resource!["Properties"]!["SqsManagedSseEnabled"]!);
        foreach (var (_, table) in Resources.Where(r => (string?)r.Value!["Type"] == "AWS::DynamoDB::Table"))
        {
            Assert.Equal("Retain", (string?)table!["DeletionPolicy"]);
            Assert.True((bool)table["Properties"]!["SSESpecification"]!["SSEEnabled"]!);
        }
    }

    [Fact]
    public void TheTablesAreKeyedAsTheCodeKeysThem()
    {
        Assert.Equal($"{DynamoTables.Partition} {DynamoTables.Time}", Keys("ReadingsTable"));
        Assert.Equal($"{DynamoTables.Owner} {DynamoTables.Item}", Keys("StateTable"));
        Assert.Equal(
            DynamoTables.Expires, (string?)Resources["ReadingsTable"]!["Properties"]!["TimeToLiveSpecification"]!["AttributeName"]);
        foreach (var (table, name) in new[]
        {
            ("ReadingsTable", new DynamoTables("P").Readings), ("StateTable", new DynamoTables("P").State),
        })
            Assert.Equal(
                name,
                ((string)Resources[table]!["Properties"]!["TableName"]!["Fn::Sub"]!).Replace(
                    "${TablePrefix}", "P", StringComparison.Ordinal));

        static string Keys(string table) =>
            string.Join(' ', Resources[table]!["Properties"]!["KeySchema"]!.AsArray().Select(k => k!["AttributeName"]));
    }

    [Fact]
    public void TheRuleSelectsWhatTheWorkersRead()
    {
        var sql = (string)Resources["BatchRule"]!["Properties"]!["TopicRulePayload"]!["Sql"]!;
        foreach (var part in new[]
        {
            "encode(*, 'base64') AS payload", "topic() AS topic", "clientid() AS client", $"'{Topics.Batch("+")}'",
        })
            Assert.Contains(part, sql, StringComparison.Ordinal);
    }

    [Fact]
    public void AthenasTableHasTheLakesColumnsAndFamilies()
    {
        var table = Resources["ReadingsView"]!["Properties"]!["TableInput"]!;
        Assert.Equal(
            CuratedSchema.All.Select(c => c.Name), table["StorageDescriptor"]!["Columns"]!.AsArray().Select(c => (string)c!["Name"]!));
        Assert.Equal(
            MetricFamily.All.Order(StringComparer.Ordinal),
            ((string)table["Parameters"]!["projection.metric_family.values"]!).Split(',').Order(StringComparer.Ordinal));
        var place = (string)table["Parameters"]!["storage.location.template"]!["Fn::Sub"]!;
        Assert.EndsWith(Partition.Symlinks + "metric_family=${!metric_family}/date=${!date}", place, StringComparison.Ordinal);
    }

    /// <summary>The code's place that a statement speaks of.</summary>
    private static string Place(JsonNode statement)
    {
        var resource = statement["Resource"]!.ToJsonString();
        return resource.Contains("BatchQueue", StringComparison.Ordinal) ? "queue"
            : resource.Contains("DeadLetters", StringComparison.Ordinal) ? "deadLetters"
            : resource.Contains("ReadingsTable", StringComparison.Ordinal) ? "readings"
            : resource.Contains("StateTable", StringComparison.Ordinal) ? "state"
            : resource.Contains("LakeBucket", StringComparison.Ordinal) ? "lake"
            : resource.Contains(":endpoint/", StringComparison.Ordinal) ? "endpoint" : "answers";
    }

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonArray many => many.SelectMany(Texts),
        JsonValue one => [(string)one!],
        JsonObject made when made["Fn::Sub"] is JsonValue text => [(string)text!],
        _ => [],
    };

    private static void Walk(JsonNode? node, Action<JsonObject> visit)
    {
        switch (node)
        {
            case JsonObject one:
                visit(one);
                foreach (var (_, child) in one)
                    Walk(child, visit);
                break;
            case JsonArray many:
                foreach (var child in many)
                    Walk(child, visit);
                break;
        }
    }

    [GeneratedRegex(@"\$\{(?<name>[^!}][^}]*)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variables();
}
