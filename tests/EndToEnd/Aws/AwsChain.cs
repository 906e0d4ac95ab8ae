using System.Globalization;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.SQS;
using Amazon.SQS.Model;
using IotGateway.Tests.Services;

namespace IotGateway.EndToEnd.Tests.Aws;

/// <summary>
/// Field, gateway, a broker with mutual TLS, a queue, workers, tables and a bucket: each a process of its own, none of them AWS's, the
/// queue and the tables behind botocore's check of the signatures.
/// </summary>
internal sealed class AwsChain : IAsyncDisposable
{
    public const string Gateway = "gw-test";
    public const string Prefix = "e2e-";

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly string CloudProgram = Repository.Program("cloud", "IotGateway.Cloud");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iotgateway-aws");
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };
    private readonly TestAuthority _authority;
    private readonly AwsServices _aws = new();
    private readonly Ceph _ceph = new();
    private readonly int _lorawan = Chain.FreePort();
    private readonly int _status = Chain.FreePort();
    private AmazonSQSClient? _sqs;
    private string _gatedQueue = "";
    private string _dynamo = "";

    private AwsChain() => _authority = new TestAuthority(In("pki"));

    public Mosquitto Broker { get; private set; } = null!;

    public RuleBridge Bridge { get; private set; } = null!;

    public Running? Edge { get; private set; }

    public Running? Field { get; private set; }

    public Dictionary<string, (Running Process, string Url)> Workers { get; } = [];

    public string Bucket { get; private set; } = "";

    public string Queue { get; private set; } = "";

    public string DeadLetters { get; private set; } = "";

    public string Ledger => In("ledger.jsonl");

    private static Dictionary<string, string> Environment => new()
    {
        ["AWS_ACCESS_KEY_ID"] = AwsServices.Key,
        ["AWS_SECRET_ACCESS_KEY"] = AwsServices.Secret,
        ["AWS_REGION"] = AwsServices.Region,
        ["AWS_DEFAULT_REGION"] = AwsServices.Region,
        ["AWS_EC2_METADATA_DISABLED"] = "true",
    };

    public static async Task<AwsChain> StartAsync()
    {
        var chain = new AwsChain();
        try
        {
            await chain.StartServicesAsync();
            return chain;
        }
        catch
        {
            await chain.DisposeAsync();
            throw;
        }
    }

    public string In(string name) => Path.Combine(_folder.FullName, name);

    public async Task StartWorkerAsync(string name)
    {
        var url = $"http://127.0.0.1:{Chain.FreePort()}";
        var worker = new Running(name, CloudProgram, Environment, [
            "--role", "ingest", "--urls", url, "--data", In(name), "--Ingest:Source", "sqs", "--Queue:Url", _gatedQueue,
            "--Queue:VisibilitySeconds", "10",
            "--Observations:Store", "dynamodb", "--Observations:ServiceUrl", _dynamo, "--Observations:TablePrefix", Prefix,
            "--Lake:Store", "s3", "--Lake:Bucket", Bucket, "--Lake:ServiceUrl", _ceph.Url,
            "--Answers:Host", "127.0.0.1", "--Answers:Port", $"{Broker.Port}", "--Answers:CaFile", _authority.In("ca.pem"),
            "--Answers:CertificateFile", _authority.In(name + ".pem"), "--Answers:KeyFile", _authority.In(name + ".key")]);
        Workers[name] = (worker, url);
        await worker.SaysAsync("is open: 4 receivers; a message becomes a dead letter after 50 receives", Patience);
    }

    public async Task StartEdgeAsync()
    {
        Edge = new Running(
            "edge", Repository.Program("edge", "IotGateway.Edge"), "--config",
            Path.Combine(Repository.Root, "firmware-sim", "demo", "edge.json"),
            "--Urls", $"http://127.0.0.1:{_status}", "--Gateway:Name", Gateway, "--Gateway:DataDirectory", In("edge"), "--Sources:0:Port",
            $"{_lorawan}",
            "--Forwarding:Port", $"{Broker.Port}", "--Forwarding:CaFile", _authority.In("ca.pem"), "--Forwarding:CertificateFile",
            _authority.In(Gateway + ".pem"), "--Forwarding:KeyFile", _authority.In(Gateway + ".key"));
        await Edge.SaysAsync("Buffer open", Patience);
    }

    public async Task StartFieldAsync(params string[] options)
    {
        Field = new Running(
            "field", Repository.Program("firmware-sim", "IotGateway.FirmwareSim"),
            [
                "--recordings", Path.Combine(Repository.Root, "firmware-sim", "recordings"), "--mqtt-port", $"{_lorawan}", "--ledger",
                Ledger, .. options,
            ]);
        await Field.SaysAsync($"MQTT on 127.0.0.1:{_lorawan}", Patience);
    }

    public Task<JsonElement?> EdgeStatusAsync() => GetAsync($"http://127.0.0.1:{_status}/status.json");

    /// <summary>Number of new readings that a worker has stored; 0 while it does not answer.</summary>
    public async Task<long> StoredByAsync(string worker) =>
        await GetAsync(Workers[worker].Url + "/api/work") is { } work
            && work.GetProperty("sinceStart").TryGetProperty("stored", out var stored) ? stored.GetInt64() : 0;

    /// <summary>Every reading in the table, by the test's own client, past the gate.</summary>
    public async Task<Dictionary<(string Device, string Metric, long Time), double>> ItemsAsync()
    {
        using var client = await _aws.DynamoClientAsync();
        var readings = new Dictionary<(string, string, long), double>();
        var request = new ScanRequest(Prefix + "readings");
        do
        {
            var page = await client.ScanAsync(request);
            foreach (var item in page.Items.Where(i => !i["Partition"].S.EndsWith("#hours", StringComparison.Ordinal)))
            {
                foreach (var (metric, value) in item.Where(a => char.IsAsciiLetterLower(a.Key[0])))
                    readings.Add(
                        (item["Partition"].S.Split('#')[0], metric, long.Parse(item["Time"].N, CultureInfo.InvariantCulture)),
                        double.Parse(value.N ?? value.M["v"].N, CultureInfo.InvariantCulture));
            }

            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
        return readings;
    }

    /// <summary>Messages in a queue, in work ones included.</summary>
    public async Task<int> LeftAsync(string queue) =>
        (await _sqs!.GetQueueAttributesAsync(
            queue, ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"])).Attributes.Values.Sum(v => int.Parse(
                v, CultureInfo.InvariantCulture));

    /// <summary>Totals as boto3 reads them.</summary>
    public async Task<JsonElement> TotalsAsync()
    {
        var script = Path.Combine(Repository.Root, "tests", "EndToEnd", "Aws", "totals.py");
        return JsonDocument.Parse(
            await RunAsync(AwsServices.Python, [script, _dynamo, Prefix + "readings", _ceph.Url, Bucket])).RootElement;
    }

    /// <summary>Answer of the AWS command line.</summary>
    public Task<string> CliAsync(params string[] arguments)
    {
        Loopback.Needs("/usr/bin/aws", "the AWS command line (Debian's awscli)");
        return RunAsync("/usr/bin/aws", ["--endpoint-url", _dynamo, "--output", "json", .. arguments]);
    }

    public async Task UntilAsync(string what, Func<Task<bool>> right, TimeSpan? patience = null)
    {
        using var giveUp = new CancellationTokenSource(patience ?? Patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        try
        {
            while (!await right())
                await pause.WaitForNextTickAsync(giveUp.Token);
        }
        catch (OperationCanceledException e)
        {
            var said = string.Join(
                '\n',
                Workers.Values.Select(w => w.Process)
                    .Prepend(Edge)
                    .OfType<Running>()
                    .Select(p => $"{p.Name}:\n{string.Join('\n', p.Output.Split('\n').TakeLast(15))}"));
            throw new TimeoutException($"{what}: not reached. {Bridge.Messages} messages came to the queue.\n{said}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Workers.Values.Select(w => w.Process).Append(Edge).Append(Field).OfType<Running>())
            await process.DisposeAsync();
        if (Bridge is not null)
            await Bridge.DisposeAsync();
        if (Broker is not null)
            await Broker.DisposeAsync();
        _sqs?.Dispose();
        await _aws.DisposeAsync();
        await _ceph.DisposeAsync();
        _authority.Dispose();
        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task StartServicesAsync()
    {
        foreach (var client in new[] { Gateway, "worker-1", "worker-2" })
            _authority.IssueClient(client).Dispose();
        Broker = Mosquitto.MutualTls(_folder.FullName, _authority, "", "worker-1", "worker-2");
        await Broker.StartAsync();
        Bucket = await _ceph.BucketAsync();
        _dynamo = await _aws.DynamoAsync();
        await RunAsync(
            "dotnet", [CloudProgram, "tables", "--create", "--Observations:ServiceUrl", _dynamo, "--Observations:TablePrefix", Prefix]);

        var gate = await _aws.SqsAsync();
        _sqs = await _aws.SqsClientAsync();
        DeadLetters = (await _sqs.CreateQueueAsync("dead")).QueueUrl;
        var arn = (await _sqs.GetQueueAttributesAsync(DeadLetters, ["QueueArn"])).Attributes["QueueArn"];
        Queue = (await _sqs.CreateQueueAsync(
            new CreateQueueRequest("batches")
            {
                Attributes = new() { ["RedrivePolicy"] = $$"""{"deadLetterTargetArn":"{{arn}}","maxReceiveCount":"50"}""" },
            })).QueueUrl;
        _gatedQueue = gate + new Uri(Queue).AbsolutePath;
        Bridge = new RuleBridge(Broker, _authority, _sqs, Queue);
        await Bridge.ConnectAsync();
    }

    private async Task<JsonElement?> GetAsync(string url)
    {
        try
        {
            return JsonDocument.Parse(await _http.GetStringAsync(new Uri(url))).RootElement;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    private static async Task<string> RunAsync(string program, string[] arguments)
    {
        var start = new System.Diagnostics.ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (key, value) in Environment)
            start.Environment[key] = value;
        using var process = System.Diagnostics.Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await errors}");
        return said;
    }
}
