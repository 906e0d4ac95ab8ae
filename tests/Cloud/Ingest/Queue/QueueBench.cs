using System.Text.Json;
using Amazon.SQS;
using Amazon.SQS.Model;
using IotGateway.Aws;
using IotGateway.Cloud.Data.Aws;
using IotGateway.Cloud.Ingest.Answers;
using IotGateway.Cloud.Ingest.Projection;
using IotGateway.Cloud.Ingest.Quarantine;
using IotGateway.Cloud.Ingest.Queue;
using IotGateway.Cloud.Ingest.Status;
using IotGateway.Cloud.Lake.Raw;
using IotGateway.Cloud.Objects;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Observations.Lite;
using IotGateway.Telemetry.Wire;
using IotGateway.Tests.Services;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace IotGateway.Cloud.Tests.Ingest.Queue;

/// <summary>A queue of its own with its dead letters, and a worker's parts over a folder and a file.</summary>
internal sealed class QueueBench : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly LiteObservations _store;

    private QueueBench(
        AmazonSQSClient client, string url, string deadLetters, QueueOptions options, string gated,
        Amazon.Runtime.AWSCredentials credentials)
    {
        (Client, Url, DeadLetters, Options) = (client, url, deadLetters, options);
        _store = new LiteObservations(_folder.File("hot.db"));
        Objects = new AwayObjects(new FolderObjects(_folder.File("lake")));
        Lake = new RawObjects(Objects);
        Gateways = new GatewayRegistry();
        Counters = new IngestCounters(Gateways);
        Options.Url = gated;
        Queue = new WorkQueue(Options, new AwsOptions { Region = AwsServices.Region }, TimeProvider.System, credentials);
        Answerer = new Answerer(Answers, _store, Gateways, TimeProvider.System, NullLogger<Answerer>.Instance);
        Receiver = new QueueReceiver(
            Queue, Lake, new QuarantineObjects(Objects), _store, new ChangeFeed(), Gateways, Counters, Projected(), Answerer, Log);
    }

    public AmazonSQSClient Client { get; }

    public string Url { get; }

    public string DeadLetters { get; }

    public QueueOptions Options { get; }

    public WorkQueue Queue { get; }

    public QueueReceiver Receiver { get; }

    public Answerer Answerer { get; }

    public KeptAnswers Answers { get; } = new();

    public KeptLog<QueueReceiver> Log { get; } = new();

    public IObservations Store => _store;

    public AwayObjects Objects { get; }

    public RawObjects Lake { get; }

    public GatewayRegistry Gateways { get; }

    public IngestCounters Counters { get; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<QueueBench> OpenAsync(
        AwsServices aws, int visibilitySeconds = 30, bool redrive = true, Amazon.Runtime.AWSCredentials? credentials = null)
    {
        var gate = await aws.SqsAsync();
        var client = await aws.SqsClientAsync();
        var name = $"q{Guid.NewGuid():N}";
        var dead = (await client.CreateQueueAsync(name + "-dead", Stop)).QueueUrl;
        var arn = (await client.GetQueueAttributesAsync(dead, ["QueueArn"], Stop)).Attributes["QueueArn"];
        var url = (await client.CreateQueueAsync(
            new CreateQueueRequest(name)
            {
                Attributes = redrive ? new() { ["RedrivePolicy"] = $$"""{"deadLetterTargetArn":"{{arn}}","maxReceiveCount":"3"}""" } : [],
            }, Stop)).QueueUrl;
        var gated = gate + new Uri(url).AbsolutePath;
        return new QueueBench(
            client, url, dead, new QueueOptions { VisibilitySeconds = visibilitySeconds, Receivers = 2 }, gated,
            credentials ?? AwsServices.Credentials);
    }

    /// <summary>The same worker over another hot store.</summary>
    public QueueReceiver With(IObservations store) => new(
        Queue, Lake, new QuarantineObjects(Objects), store, new ChangeFeed(), Gateways, Counters, Projected(), Answerer, Log);

    private ProjectedReadings Projected() =>
        new(new GatewayShares(), new Refusals(Counters, TimeProvider.System, NullLogger<Refusals>.Instance));

    /// <summary>Message that the IoT rule would put there.</summary>
    public static string Wrap(string client, byte[] payload, string? topic = null) =>
        JsonSerializer.Serialize(new { payload = Convert.ToBase64String(payload), topic = topic ?? Topics.Batch(client), client });

    public Task SendAsync(params string[] bodies) =>
        Client.SendMessageBatchAsync(Url, [.. bodies.Select((b, i) => new SendMessageBatchRequestEntry($"{i}", b))], Stop);

    /// <summary>Receives until <paramref name="count"/> messages are in hand.</summary>
    public async Task<List<QueuedMessage>> ReceiveAsync(int count)
    {
        var messages = new List<QueuedMessage>();
        while (messages.Count < count)
            messages.AddRange(await Queue.ReceiveAsync(Stop));
        return messages;
    }

    public async Task<int> LeftAsync(string url)
    {
        var attributes =
            (await Client.GetQueueAttributesAsync(
                url, ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"], Stop)).Attributes;
        return attributes.Values.Sum(v => int.Parse(v, System.Globalization.CultureInfo.InvariantCulture));
    }

    public async Task<List<string>> KeysAsync(string prefix)
    {
        var keys = new List<string>();
        await foreach (var found in Objects.ListAsync(prefix, Stop))
            keys.Add(found.Key);
        return keys;
    }

    public ValueTask DisposeAsync()
    {
        Answerer.Dispose();
        Queue.Dispose();
        Client.Dispose();
        _store.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>Objects that cannot be reached for a while.</summary>
internal sealed class AwayObjects(IObjectStore store) : IObjectStore
{
    private int _away;

    /// <summary>Number of new objects that are not taken from now on.</summary>
    public int Away
    {
        get => Volatile.Read(ref _away);
        set => Volatile.Write(ref _away, value);
    }

    public Task<bool> PutNewAsync(string key, ReadOnlyMemory<byte> bytes, CancellationToken cancellation) =>
        Interlocked.Decrement(ref _away) >= 0
            ? throw new AwsException(new AwsFault(AwsFaultKind.Unavailable, "503"), "the lake is away")
            : store.PutNewAsync(key, bytes, cancellation);

    public Task PutAsync(string key, ReadOnlyMemory<byte> bytes, CancellationToken cancellation) =>
        store.PutAsync(key, bytes, cancellation);

    public Task<byte[]?> GetAsync(string key, CancellationToken cancellation) => store.GetAsync(key, cancellation);

    public IAsyncEnumerable<LakeObject> ListAsync(string prefix, CancellationToken cancellation) => store.ListAsync(prefix, cancellation);

    public Task DeleteAsync(string key, CancellationToken cancellation) => store.DeleteAsync(key, cancellation);

    public Task<bool> KeepsVersionsAsync(CancellationToken cancellation) => store.KeepsVersionsAsync(cancellation);
}

/// <summary>Keeps what would be published.</summary>
internal sealed class KeptAnswers : IAnswers
{
    private readonly Lock _gate = new();

    public List<(string Gateway, StoredAnswer Answer)> All { get; } = [];

    /// <summary>Number of publications that fail from now on.</summary>
    public int Failing { get; set; }

    public Task PublishAsync(string gateway, StoredAnswer answer, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (Failing-- > 0)
                throw new IOException("the broker is away");
            All.Add((gateway, answer));
        }

        return Task.CompletedTask;
    }
}

/// <summary>Keeps lines that were logged.</summary>
internal sealed class KeptLog<T> : ILogger<T>
{
    public List<string> Lines { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (Lines)
            Lines.Add(formatter(state, exception));
    }
}
