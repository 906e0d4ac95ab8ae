using System.Text.Json;
using System.Text.RegularExpressions;
using IotGateway.Tests.Services;

namespace IotGateway.Cloud.Tests;

/// <summary>cloud/deploy/actions.json says what each role may call: all that the code calls, and nothing else.</summary>
public sealed partial class ActionsTests
{
    private static readonly string Cloud = Path.GetFullPath(Path.Combine(Loopback.Folder, "..", "..", "cloud"));

    [Fact]
    public void EachCallOfTheCodeIsAnActionAndEachActionACall()
    {
        var called = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Cloud, "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal)))
        {
            var text = File.ReadAllText(file);
            var service = text.Contains("using Amazon.S3;", StringComparison.Ordinal) ? "s3"
                : text.Contains("using Amazon.SQS;", StringComparison.Ordinal) ? "sqs"
                : text.Contains("using Amazon.DynamoDBv2;", StringComparison.Ordinal) ? "dynamodb" : null;
            if (service is not null)
                called.UnionWith(Calls().Matches(text).Select(m => Action(service, m.Groups["call"].Value)));
            if (text.Contains("SigningHandler(\"iotdata\"", StringComparison.Ordinal))
                called.Add("iot:Publish");
            if (text.Contains("SigningHandler(\"sagemaker\"", StringComparison.Ordinal))
                called.Add("sagemaker:InvokeEndpoint");
        }

        using var actions = JsonDocument.Parse(File.ReadAllText(Path.Combine(Cloud, "deploy", "actions.json")));
        var granted = actions.RootElement
            .EnumerateObject()
            .SelectMany(role => role.Value.EnumerateObject())
            .SelectMany(resource => resource.Value.EnumerateArray())
            .Select(a => a.GetString()!).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(called, granted.Order(StringComparer.Ordinal));
    }

    /// <summary>Batches of SQS are granted by the name of the single call, a list of objects by the bucket's.</summary>
    private static string Action(string service, string call) => (service, call) switch
    {
        ("s3", "ListObjectsV2") => "s3:ListBucket",
        ("sqs", "DeleteMessageBatch") => "sqs:DeleteMessage",
        ("sqs", "ChangeMessageVisibilityBatch") => "sqs:ChangeMessageVisibility",
        _ => $"{service}:{call}",
    };

    [GeneratedRegex(@"\b_?client\.(?<call>\w+)Async\(", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Calls();
}
