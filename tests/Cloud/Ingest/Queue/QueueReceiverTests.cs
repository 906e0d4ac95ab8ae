using System.Text;
using Amazon.SQS.Model;
using IotGateway.Aws;
using IotGateway.Cloud.Data.Aws;
using IotGateway.Cloud.Ingest.Queue;
using IotGateway.Cloud.Ingest.Status;
using IotGateway.Cloud.Lake.Raw;
using IotGateway.Cloud.Observations.Dynamo;
using IotGateway.Cloud.Tests.Weather;
using IotGateway.Hosting.Configuration;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;
using IotGateway.Tests.Services;
using Microsoft.Extensions.Logging.Abstractions;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Ingest.Queue;

/// <summary>Against fauxqs, behind botocore's check of the signatures.</summary>
public sealed class QueueReceiverTests(AwsServices aws)
{
    private static readonly DeviceId A1 = DeviceId.Parse("a1");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AMessageIsStoredInLakeAndHotStoreDeletedAndAnswered()
    {
        await using var bench = await QueueBench.OpenAsync(aws);
        var bytes = Encode("gw", 1, [.. Enumerable.Range(0, 40).Select(i => Reading(i, i))]);
        Assert.Equal([0x1f, 0x8b], bytes[..2]); // gzip, as gateways send it
        await bench.SendAsync(QueueBench.Wrap("gw", bytes));

        await bench.Receiver.TakeAsync(await bench.ReceiveAsync(1), Stop);
        await bench.Answerer.FlushAsync(Stop);

        Assert.Equal(40, (await bench.Store.RangeAsync(A1, Metrics.HiveTemperature, Noon, Noon.AddDays(1), 99, Stop)).Count);
        var key = Assert.Single(await bench.KeysAsync(""));
        var raw = Assert.Single((await bench.Lake.ReadAsync(key, Stop))!.Value.Batches);
        Assert.Equal(bytes, raw.Bytes.ToArray());
        Assert.Equal(0, await bench.LeftAsync(bench.Url));
        var (gateway, answer) = Assert.Single(bench.Answers.All);
        Assert.Equal(("gw", "s1", 40L), (gateway, answer.Stream, answer.Contiguous));
        Assert.Equal([new SequenceRange(1, 40)], answer.Stored);
        Assert.Equal(40, bench.Counters.Counts["stored"]);
    }

    [Fact]
    public async Task WhatIsReceivedAgainChangesNothing()
    {
        await using var bench = await QueueBench.OpenAsync(aws, visibilitySeconds: 1);
        await bench.SendAsync(QueueBench.Wrap("gw", Encode("gw", 1, Reading(0, 1))), QueueBench.Wrap("gw", Encode("gw", 2, Reading(1, 2))));
        var first = await bench.ReceiveAsync(2);
        await bench.Receiver.TakeAsync(first, Stop);
        var keys = await bench.KeysAsync("");

        // As after a kill between storing and deleting, in another order.
        await bench.Receiver.TakeAsync([first[1]], Stop);
        await bench.Receiver.TakeAsync([first[0]], Stop);
        await bench.Answerer.FlushAsync(Stop);

        Assert.Equal(2, keys.Count);
        Assert.Equal(keys, await bench.KeysAsync(""));
        Assert.Equal([2, 2], [bench.Counters.Counts["stored"], bench.Counters.Counts["duplicates"]]);
        Assert.Equal(2, Assert.Single(bench.Answers.All).Answer.Contiguous);
    }

    [Fact]
    public async Task UnreadableMessagesAreQuarantinedAndBecomeDeadLetters()
    {
        await using var bench = await QueueBench.OpenAsync(aws);
        await bench.Queue.OpenAsync(Stop);
        var batch = Encode("gw", 7, Reading(0, 1));
        var cut = Encoding.UTF8.GetString(batch).Replace("\"v\":", "\"w\":", StringComparison.Ordinal);
        string[] poison =
        [
            "no json", Encoding.UTF8.GetString(batch), QueueBench.Wrap("gw", batch, "dt/other/batch"),
            QueueBench.Wrap("gw", Encode("other", 1, Reading(0, 1))),
            QueueBench.Wrap("gw", [0x1f, 0x8b, 1, 2, 3]), QueueBench.Wrap("gw", Encoding.UTF8.GetBytes(cut)),
            """{"payload":"%%%","topic":"dt/gw/batch","client":"gw"}""",
        ];
        await bench.SendAsync([.. poison, QueueBench.Wrap("gw", Encode("gw", 1, Reading(5, 1)))]);

        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        giveUp.CancelAfter(TimeSpan.FromSeconds(60));
        while (await bench.LeftAsync(bench.DeadLetters) < poison.Length)
        {
            using var received = CancellationTokenSource.CreateLinkedTokenSource(giveUp.Token);
            received.CancelAfter(TimeSpan.FromSeconds(3));
            try
            {
                await bench.Receiver.TakeAsync(await bench.Queue.ReceiveAsync(received.Token), giveUp.Token);
            }
            catch (OperationCanceledException) when (!giveUp.IsCancellationRequested)
            {
                // None was visible.
            }
        }

        var reasons = bench.Counters.RefusedByReason;
        Assert.Equal(
            ["foreign_envelope", "foreign_topic", "not_base64", "not_gzip", "not_wrapped"],
            reasons.Keys.Where(r => r.StartsWith("not_w", StringComparison.Ordinal) || r.StartsWith("foreign", StringComparison.Ordinal)
                || r is "not_base64" or "not_gzip"));
        Assert.Equal((poison.Length, 2), (reasons.Values.Sum(), reasons["not_wrapped"]));
        var kept = await bench.KeysAsync("quarantine/");
        Assert.Equal(poison.Length, kept.Count);
        Assert.Equal(
            poison.Order(StringComparer.Ordinal),
            (await Task.WhenAll(kept.Select(async k => Encoding.UTF8.GetString((await bench.Objects.GetAsync(k, Stop))!)))).Order(
                StringComparer.Ordinal));
        Assert.Equal(poison.Length, bench.Log.Lines.Count(l => l.Contains(" quarantined: ", StringComparison.Ordinal)));
        Assert.Contains(
            bench.Log.Lines,
            l => l.Contains(
                "of gateway gw quarantined: foreign_envelope, received 1 of 3 times: The envelope names gateway 'other'.",
                StringComparison.Ordinal));
        Assert.Equal(poison.Length, (await bench.Queue.DepthAsync(Stop)).DeadLetters);
        Assert.Equal(0, await bench.LeftAsync(bench.Url));

        // The one beside them is stored, and the gateway is told of what was refused as far as its sequences could be read.
        await bench.Answerer.FlushAsync(Stop);
        Assert.Single(await bench.KeysAsync("raw/"));
        var answer = bench.Answers.All.Single(a => a.Gateway == "gw").Answer;
        Assert.Equal(1, answer.Contiguous);
        Assert.Contains(answer.Refused, r => (r.First, r.Last) == (7, 7));
    }

    [Fact]
    public async Task MessagesInWorkStayHiddenAndComeBackWhenTheirWorkerIsGone()
    {
        await using var bench = await QueueBench.OpenAsync(aws, visibilitySeconds: 10);
        await bench.SendAsync(QueueBench.Wrap("gw", Encode("gw", 1, Reading(0, 1))));
        var messages = await bench.ReceiveAsync(1);
        var another = new ReceiveMessageRequest(bench.Url) { WaitTimeSeconds = 13 };

        await using (bench.Queue.Keep(messages))
            Assert.Empty((await bench.Client.ReceiveMessageAsync(another, Stop)).Messages ?? []);

        Assert.Single((await bench.Client.ReceiveMessageAsync(another, Stop)).Messages);
    }

    [Fact]
    public async Task WhatAThrottledStoreDoesNotTakeComesAgainAndIsStoredOnce()
    {
        await using var bench = await QueueBench.OpenAsync(aws, visibilitySeconds: 1);
        await bench.SendAsync(QueueBench.Wrap("gw", Encode("gw", 1, Reading(0, 1))));
        using var throttled = new DynamoDatabase(
            "t-", new AwsOptions { Region = AwsServices.Region }, "http://127.0.0.1:1", new Weather.JumpingTime(Noon),
            AwsServices.Credentials, new Slower());
        var slow = bench.With(new DynamoObservations(throttled, 0, TimeProvider.System));

        var failure = await Assert.ThrowsAsync<AwsException>(async () => await slow.TakeAsync(await bench.ReceiveAsync(1), Stop));
        Assert.Equal(AwsFaultKind.Throttled, failure.Fault.Kind);
        Assert.Single(await bench.KeysAsync("raw/")); // the record has it already
        await bench.Answerer.FlushAsync(Stop);
        Assert.Empty(bench.Answers.All);

        await bench.Receiver.TakeAsync(await bench.ReceiveAsync(1), Stop);
        await bench.Answerer.FlushAsync(Stop);
        Assert.Single(await bench.KeysAsync("raw/"));
        Assert.Equal(1, bench.Counters.Counts["stored"]);
        Assert.Equal(1, Assert.Single(bench.Answers.All).Answer.Contiguous);
        Assert.Equal(0, await bench.LeftAsync(bench.Url));
        Assert.Equal(0, await bench.LeftAsync(bench.DeadLetters));
    }

    [Fact]
    public async Task AQueueWithoutDeadLettersIsRefusedByName()
    {
        await using var bench = await QueueBench.OpenAsync(aws, redrive: false);

        var failure = await Assert.ThrowsAsync<ConfigurationException>(() => bench.Queue.OpenAsync(Stop));

        Assert.StartsWith("Queue:Url is 'http", failure.Message, StringComparison.Ordinal);
        Assert.Contains("expected a queue with a redrive policy", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AWrongSecretIsToldInTheStateAndTriedAgain()
    {
        await using var bench = await QueueBench.OpenAsync(aws, credentials: AwsServices.WrongSecret);
        var health = new Health(TimeProvider.System);
        using var worker = new QueueWorker(
            bench.Queue, bench.Receiver, bench.Options, new QueueState(), health, TimeProvider.System, NullLogger<QueueWorker>.Instance);
        await worker.StartAsync(Stop);

        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (health.Problem is not { } problem || !problem.Contains("the credentials are refused", StringComparison.Ordinal))
            await pause.WaitForNextTickAsync(Stop);

        Assert.False(worker.ExecuteTask!.IsCompleted);
        await worker.StopAsync(Stop);
    }

    [Fact]
    public async Task ALongOutageOfAServiceKillsNoMessage()
    {
        await using var bench = await QueueBench.OpenAsync(aws, visibilitySeconds: 10);
        var health = new Health(TimeProvider.System);
        using var worker = new QueueWorker(
            bench.Queue, bench.Receiver, bench.Options, new QueueState(), health, TimeProvider.System, NullLogger<QueueWorker>.Instance);
        bench.Objects.Away = 4; // three receives, and a message is dead
        await bench.SendAsync(QueueBench.Wrap("gw", Encode("gw", 1, Reading(0, 1))));
        await worker.StartAsync(Stop);

        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await bench.LeftAsync(bench.Url) > 0)
            await pause.WaitForNextTickAsync(Stop);
        Assert.Equal(0, await bench.LeftAsync(bench.DeadLetters));
        Assert.Single(await bench.KeysAsync("raw/"));
        await worker.StopAsync(Stop);
    }

    [Fact]
    public async Task AQueueThatDoesNotExistIsNamed()
    {
        await using var bench = await QueueBench.OpenAsync(aws);
        await bench.Client.DeleteQueueAsync(bench.Url, Stop);

        var failure = await Assert.ThrowsAsync<AwsException>(() => bench.Queue.ReceiveAsync(Stop));

        Assert.Equal(AwsFaultKind.Refused, failure.Fault.Kind);
        Assert.Contains("the queue does not exist in this region", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AWorkerStoresWhatComesAndSaysHowMuchWaits()
    {
        await using var bench = await QueueBench.OpenAsync(aws);
        var (health, state) = (new Health(TimeProvider.System), new QueueState());
        using var worker = new QueueWorker(
            bench.Queue, bench.Receiver, bench.Options, state, health, TimeProvider.System, NullLogger<QueueWorker>.Instance);
        await worker.StartAsync(Stop);
        for (var i = 1; i <= 30; i += 10)
            await bench.SendAsync([.. Enumerable.Range(i, 10).Select(n => QueueBench.Wrap("gw", Encode("gw", n, Reading(n, n))))]);

        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await bench.LeftAsync(bench.Url) > 0 || state.Depth is null)
            await pause.WaitForNextTickAsync(Stop);
        Assert.Null(health.Problem);
        await worker.StopAsync(Stop);

        Assert.Equal([new SequenceRange(1, 30)], (await bench.Store.AppliedAsync("gw", "s1", Stop)).Ranges);
        Assert.NotNull(health.Problem);
    }

    private sealed class Slower : Amazon.Runtime.HttpClientFactory
    {
        public override HttpClient CreateHttpClient(Amazon.Runtime.IClientConfig clientConfig) => new(new Handler());

        public override bool UseSDKHttpClientCaching(Amazon.Runtime.IClientConfig clientConfig) => false;

        private sealed class Handler : HttpMessageHandler
        {
            protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
                Task.FromResult(
                    new HttpResponseMessage(System.Net.HttpStatusCode.BadRequest)
                    {
                        RequestMessage = request,
                        Content = new StringContent(
                            """{"__type":"com.amazonaws.dynamodb.v20120810#ThrottlingException","message":"slower"}"""),
                    });
        }
    }
}
