using System.Text.Json.Nodes;
using IotGateway.Architecture.Tests.Reading;
using Mono.Cecil;

namespace IotGateway.Architecture.Tests;

/// <summary>The list of AWS actions in cloud/deploy/actions.json against those that the cloud's compiled code calls.</summary>
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
        var called = Checkout.Here.Modules.Single(m => m.Assembly.Name.Name == "IotGateway.Cloud").GetTypes()
            .SelectMany(t => t.Methods).Where(m => m.HasBody).SelectMany(m => m.Body.Instructions)
            .Select(i => i.Operand).OfType<MethodReference>()
            .Where(m => Services.ContainsKey(m.DeclaringType.Namespace) && m.Name.EndsWith("Async", StringComparison.Ordinal))
            .Select(m => $"{Services[m.DeclaringType.Namespace]}:{m.Name[..^"Async".Length]}")
            .Select(a => Renamed.GetValueOrDefault(a, a)).ToHashSet(StringComparer.Ordinal);

        var listed = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "actions.json")))!.AsObject()
            .SelectMany(role => role.Value!.AsObject()).SelectMany(place => place.Value!.AsArray())
            .Select(a => (string)a!).ToHashSet(StringComparer.Ordinal);

        // IoT Core's data plane and SageMaker's runtime are called by signed requests of our own.
        Assert.True(listed.Remove("iot:Publish"));
        Assert.True(listed.Remove("sagemaker:InvokeEndpoint"));
        Assert.Equal(listed.Order(StringComparer.Ordinal), called.Order(StringComparer.Ordinal));
    }
}
