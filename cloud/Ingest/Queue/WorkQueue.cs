using System.Globalization;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using IotGateway.Aws;
using IotGateway.Cloud.Data.Aws;
using IotGateway.Cloud.Ingest.Status;
using IotGateway.Hosting.Configuration;

namespace IotGateway.Cloud.Ingest.Queue;

/// <summary>A message of the queue in this worker's hand.</summary>
/// <param name="Id">The queue's name for it.</param>
/// <param name="Receipt">By which it is deleted or kept.</param>
/// <param name="Body">What it says.</param>
/// <param name="Sent">When it came into the queue, whole milliseconds; the same each time it is received.</param>
/// <param name="Receives">How often it was received, this time included.</param>
internal sealed record QueuedMessage(string Id, string Receipt, string Body, DateTimeOffset Sent, int Receives);

/// <summary>The few calls of SQS that a worker makes. Failures are <see cref="AwsException"/>s.</summary>
internal sealed class WorkQueue : IDisposable
{
    private const int AtOnce = 10;
    private const int WaitSeconds = 20;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(WaitSeconds + 15);

    private readonly AmazonSQSClient _client;
    private readonly AwsCalls _calls;
    private readonly QueueOptions _options;
    private readonly TimeProvider _time;
    private string? _deadLetters;

    /// <param name="options">Checked ones.</param>
    /// <param name="aws">The region.</param>
    /// <param name="time">The clock of the waits.</param>
    /// <param name="credentials">Null for the standard chain.</param>
    public WorkQueue(QueueOptions options, AwsOptions aws, TimeProvider time, AWSCredentials? credentials = null)
    {
        (_options, _time) = (options, time);
        _calls = new AwsCalls($"queue {options.Url}", time, attempts: 4);
        var config = new AmazonSQSConfig().For(aws.Region, new Uri(options.Url).GetLeftPart(UriPartial.Authority), Timeout);
        _client = credentials is null ? new AmazonSQSClient(config) : new AmazonSQSClient(credentials, config);
    }

    /// <summary>After how many receives a message becomes a dead letter.</summary>
    public int MaxReceives { get; private set; }

    /// <summary>Learns where dead letters go.</summary>
    /// <exception cref="FormatException">The queue has no redrive policy: a message that nobody can read would come again for
    /// days.</exception>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        var attributes = await AttributesAsync(_options.Url, ["RedrivePolicy"], cancellation);
        Options.Check(
            attributes.TryGetValue("RedrivePolicy", out var text), "Queue:Url", _options.Url,
            "a queue with a redrive policy, so that messages nobody can read end in another");
        using var policy = JsonDocument.Parse(text!);
        var receives = policy.RootElement.GetProperty("maxReceiveCount");
        MaxReceives = receives.ValueKind == JsonValueKind.String
            ? int.Parse(receives.GetString()!, CultureInfo.InvariantCulture)
            : receives.GetInt32();
        var name = policy.RootElement.GetProperty("deadLetterTargetArn").GetString()!.Split(':')[^1];
        _deadLetters = (await _calls.DoAsync("find the dead letters", stop => _client.GetQueueUrlAsync(name, stop), cancellation)).QueueUrl;
    }

    /// <summary>Up to ten messages; none when none came within 20 s.</summary>
    public async Task<IReadOnlyList<QueuedMessage>> ReceiveAsync(CancellationToken cancellation)
    {
        var request = new ReceiveMessageRequest
        {
            QueueUrl = _options.Url,
            MaxNumberOfMessages = AtOnce,
            WaitTimeSeconds = WaitSeconds,
            VisibilityTimeout = _options.VisibilitySeconds,
            MessageSystemAttributeNames = ["SentTimestamp", "ApproximateReceiveCount"],
        };
        var answer = await _calls.DoAsync("receive", stop => _client.ReceiveMessageAsync(request, stop), cancellation);
        return
        [
            .. (answer.Messages
                ?? []).Select(m => new QueuedMessage(
                    m.MessageId, m.ReceiptHandle, m.Body, Sent(m), Number(m, "ApproximateReceiveCount", 1))),
        ];
    }

    /// <summary>Keeps messages from other workers while this one has them, until the result is disposed.</summary>
    public IAsyncDisposable Keep(IReadOnlyList<QueuedMessage> messages) =>
        new Keeping(this, messages, TimeSpan.FromSeconds(_options.VisibilitySeconds / 3.0), _time);

    /// <summary>Deletes messages; one that cannot be comes again, harmlessly.</summary>
    public async Task DeleteAsync(IReadOnlyList<QueuedMessage> messages, CancellationToken cancellation)
    {
        foreach (var some in messages.Chunk(AtOnce))
        {
            var request = new DeleteMessageBatchRequest(
                _options.Url, [.. some.Select((m, i) => new DeleteMessageBatchRequestEntry(Name(i), m.Receipt))]);
            await _calls.DoAsync("delete", stop => _client.DeleteMessageBatchAsync(request, stop), cancellation);
        }
    }

    /// <summary>Sets for how long from now other workers do not get a message.</summary>
    public async Task HideAsync(IReadOnlyList<QueuedMessage> messages, int seconds, CancellationToken cancellation)
    {
        var request = new ChangeMessageVisibilityBatchRequest(
            _options.Url,
            [
                .. messages.Select((m, i) => new ChangeMessageVisibilityBatchRequestEntry(Name(i), m.Receipt)
                {
                    VisibilityTimeout = seconds,
                }),
            ]);
        await _calls.DoAsync("keep", stop => _client.ChangeMessageVisibilityBatchAsync(request, stop), cancellation);
    }

    /// <summary>Depth of the queue, once <see cref="OpenAsync"/> has succeeded. SQS's own figures are approximate.</summary>
    public async Task<QueueDepth> DepthAsync(CancellationToken cancellation)
    {
        var main = await AttributesAsync(
            _options.Url, ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"], cancellation);
        var dead = _deadLetters is null ? [] : await AttributesAsync(_deadLetters, ["ApproximateNumberOfMessages"], cancellation);
        return new QueueDepth(
            Count(main, "ApproximateNumberOfMessages"), Count(main, "ApproximateNumberOfMessagesNotVisible"),
            Count(dead, "ApproximateNumberOfMessages"));
    }

    public void Dispose() => _client.Dispose();

    private static long Count(Dictionary<string, string> attributes, string name) =>
        long.TryParse(attributes.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;

    private static int Number(Message message, string name, int otherwise) =>
        int.TryParse(message.Attributes?.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : otherwise;

    private static string Name(int index) => $"m{index}";

    private static DateTimeOffset Sent(Message message) =>
        long.TryParse(message.Attributes?.GetValueOrDefault("SentTimestamp"), NumberStyles.None, CultureInfo.InvariantCulture, out var sent)
            ? DateTimeOffset.FromUnixTimeMilliseconds(sent)
            : throw new IOException($"Message {message.MessageId} came without the time at which it was sent.");

    private async Task<Dictionary<string, string>> AttributesAsync(string url, List<string> names, CancellationToken cancellation) =>
        (await _calls.DoAsync("read attributes", stop => _client.GetQueueAttributesAsync(url, names, stop), cancellation)).Attributes ?? [];

    /// <summary>Asks again and again for more time; when that fails the messages come again elsewhere, harmlessly.</summary>
    private sealed class Keeping : IAsyncDisposable
    {
        private readonly CancellationTokenSource _done = new();
        private readonly Task _running;

        public Keeping(WorkQueue queue, IReadOnlyList<QueuedMessage> messages, TimeSpan every, TimeProvider time) =>
            _running = RunAsync(queue, messages, every, time);

        public async ValueTask DisposeAsync()
        {
            await _done.CancelAsync();
            await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _done.Dispose();
        }

        private async Task RunAsync(WorkQueue queue, IReadOnlyList<QueuedMessage> messages, TimeSpan every, TimeProvider time)
        {
            using var timer = new PeriodicTimer(every, time);
            while (await timer.WaitForNextTickAsync(_done.Token))
            {
                try
                {
                    await queue.HideAsync(messages, queue._options.VisibilitySeconds, _done.Token);
                }
                catch (AwsException)
                {
                    // The next time, or never.
                }
            }
        }
    }
}
