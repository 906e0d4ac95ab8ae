using System.Reflection;
using System.Text.Json.Nodes;

namespace IotGateway.Architecture.Tests;

/// <summary>
/// cloud/deploy/actions.json names every AWS action that the cloud's code calls, and no other: read from the compiled assembly.
/// </summary>
public class AwsActionsTests
{
    private static readonly Dictionary<string, string> Services = new(StringComparer.Ordinal)
    {
        ["Amazon.SQS"] = "sqs",
        ["Amazon.DynamoDBv2"] = "dynamodb",
        ["Amazon.S3"] = "s3",
    };

    /// <summary>Permissions that are called otherwise than the call.</summary>
    private static readonly Dictionary<string, string> Renamed = new(StringComparer.Ordinal)
    {
        ["s3:ListObjectsV2"] = "s3:ListBucket",
        ["sqs:DeleteMessageBatch"] = "sqs:DeleteMessage",
        ["sqs:ChangeMessageVisibilityBatch"] = "sqs:ChangeMessageVisibility",
    };

    [Fact]
    public void TheListIsWhatTheCodeCalls()
    {
        var called = Assembly.Load("IotGateway.Cloud").GetTypes().SelectMany(References.Calls)
            .Where(m => m.DeclaringType?.Namespace is { } name && Services.ContainsKey(name)
                && m.Name.EndsWith("Async", StringComparison.Ordinal))
            .Select(m => $"{Services[m.DeclaringType!.Namespace!]}:{m.Name[..^"Async".Length]}")
                .Select(a => Renamed.GetValueOrDefault(a, a))
                .ToHashSet(StringComparer.Ordinal);

        var listed = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "actions.json")))!.AsObject()
            .SelectMany(role => role.Value!.AsObject())
                .SelectMany(place => place.Value!.AsArray())
                .Select(a => (string)a!)
                .ToHashSet(StringComparer.Ordinal);

        // The data plane of IoT Core is called by a signed request of our own.
        Assert.True(listed.Remove("iot:Publish"));
        Assert.Equal(listed.Order(StringComparer.Ordinal), called.Order(StringComparer.Ordinal));
    }
}
