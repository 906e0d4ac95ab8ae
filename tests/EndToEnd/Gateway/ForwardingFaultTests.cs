using IotGateway.Telemetry.Wire;

namespace IotGateway.EndToEnd.Tests.Gateway;

/// <summary>mosquitto with mutual TLS between the gateway and a cloud that answers as it likes.</summary>
public class ForwardingFaultTests
{
    [Fact]
    public async Task AnswersThatAreLateTwiceOutOfOrderForeignOrMissingLoseNothing()
    {
        await using var bench = await Bench.StartAsync();
        var random = new Random(1);
        var late = new Queue<StoredAnswer>();
        bench.Cloud.Answer = (batch, stored) =>
        {
            var answer = Consumer.Stored(batch, stored).Single() with { Contiguous = random.Next(4) == 0 ? stored.Contiguous : 0 };
            var foreign = answer with { Stream = "another", Contiguous = 1_000_000 };
            switch (random.Next(5))
            {
                case 0:
                    return [foreign];
                case 1:
                    return [answer, foreign, answer];
                case 2:
                    late.Enqueue(answer);
                    return [];
                default:
                    return late.Count > 2 ? [late.Dequeue(), answer] : [answer];
            }
        };
        for (var round = 0; round < 12; round++)
            await bench.Field.PublishAsync(200);

        await bench.AllArrivesAsync(TimeSpan.FromMinutes(3));
        Assert.Equal(0, (await bench.StatusAsync())!.Value.GetProperty("deadLetters").GetInt32());
    }

    [Fact]
    public async Task ABrokerThatIsKilledAndStartedAgainLosesNothing()
    {
        await using var bench = await Bench.StartAsync();
        for (var kill = 0; kill < 3; kill++)
        {
            var load = bench.Field.PublishAsync(800);
            var mark = bench.Cloud.Temperatures.Count + 100;
            await bench.UntilAsync("some frames arrive", () => Task.FromResult(bench.Cloud.Temperatures.Count >= mark));
            await bench.Broker.KillAsync();
            await load;
            await bench.Broker.StartAsync();
            await bench.Cloud.ConnectAsync();
        }

        await bench.AllArrivesAsync(TimeSpan.FromMinutes(3));
    }

    [Fact]
    public async Task ThePubackAloneFreesNothingAndTheWindowIsBounded()
    {
        await using var bench = await Bench.StartAsync(edge: ["--Forwarding:Window", "5"]);
        bench.Cloud.Answer = Consumer.Silence;
        await bench.Field.PublishAsync(50);
        await bench.UntilAsync("something arrives", () => Task.FromResult(bench.Cloud.Temperatures.Count > 0));
        var before = MemoryOf(bench);
        for (var i = 0; i < 20; i++)
            await bench.Field.PublishAsync(200);
        await bench.UntilAsync("all is buffered", async () => await bench.BufferedReadingsAsync() == bench.Field.Sent.Count);

        Assert.InRange(bench.Cloud.Arrivals.Count, 1, 5);
        Assert.InRange(MemoryOf(bench) - before, long.MinValue, 100L << 20);
        bench.Cloud.Answer = Consumer.Stored;
        await bench.Cloud.AnswerAllAsync();
        await bench.AllArrivesAsync();
    }

    [Fact]
    public async Task AfterAnOutageLiveGoesFirstAndTheBacklogHasItsShare()
    {
        string[] slow = ["--Forwarding:PublishesPerSecond", "8", "--Forwarding:Window", "4"];
        await using var bench = await Bench.StartAsync(connectCloud: false, edge: slow);
        await bench.Cloud.ConnectAsync();
        await bench.Broker.KillAsync();
        await bench.Field.PublishAsync(4000, large: true);
        var backlog = bench.Field.Sent.Keys.ToHashSet();
        var before = 0L;
        await bench.UntilAsync("the outage is buffered", async () =>
        {
            var status = (await bench.StatusAsync())!.Value;
            before = status.GetProperty("buffer").GetProperty("lastSequence").GetInt64();
            return status.GetProperty("buffer").GetProperty("readings").GetInt64() >= backlog.Count * 12
                && status.GetProperty("counters").GetProperty("frames.accepted").GetInt64() == backlog.Count;
        });
        await bench.KillEdgeAsync();
        await bench.Broker.StartAsync();
        await bench.Cloud.ConnectAsync();
        await bench.StartEdgeAsync(slow);

        var published = new Dictionary<(string, long), TimeSpan>();
        await bench.UntilAsync("the backlog drains beside live frames", async () =>
        {
            var at = bench.Cloud.Elapsed;
            published.Add(await bench.Field.PublishOneAsync(), at);
            return backlog.IsSubsetOf(bench.Cloud.Temperatures.Keys);
        });
        await bench.AllArrivesAsync();

        var arrivals = bench.Cloud.Arrivals;
        var drained = arrivals.Where(a => a.Batch.First <= before).ToArray();
        var live = arrivals.Where(a => a.Batch.First > before).ToArray();
        var during = live.Count(a => a.At < drained[^1].At);
        Assert.True(drained.Length > 8, $"the backlog took only {drained.Length} messages");
        Assert.True(during > drained.Length / 3, $"{during} live messages beside {drained.Length} of the backlog");
        Assert.True(drained.Length > during / 3, $"{drained.Length} messages of the backlog beside {during} live ones");
        Assert.Equal(drained.Select(a => a.Batch.First).Order(), drained.Select(a => a.Batch.First));
        Assert.Equal(live.Select(a => a.Batch.First).Order(), live.Select(a => a.Batch.First));
        var waits = live.SelectMany(a => Keys(a).Where(published.ContainsKey).Select(k => a.At - published[k])).Order().ToArray();
        Assert.True(
            waits[waits.Length / 2] < TimeSpan.FromSeconds(2),
            $"a live frame waited {waits[waits.Length / 2].TotalSeconds:0.0} s in the median");
    }

    [Fact]
    public async Task ARefusedBatchIsADeadLetterThatCanBeRequeued()
    {
        await using var bench = await Bench.StartAsync(connectCloud: false);
        await bench.Cloud.ConnectAsync();
        bench.Cloud.Refuses = batch => batch.Readings.Any(r => r.Value == 99.99);
        await bench.Broker.KillAsync();
        for (var i = 0; i < 5; i++)
        {
            await bench.Field.PublishAsync(40);
            if (i == 2)
                await bench.Field.PublishOneAsync(value: 99.99);
            await bench.UntilAsync("a batch of its own", async () => await bench.BufferedReadingsAsync() == bench.Field.Sent.Count);
        }

        await bench.Broker.StartAsync();
        await bench.Cloud.ConnectAsync();
        await bench.UntilAsync("all but the poison is free", async () => await bench.BufferedReadingsAsync() == 0);

        var status = (await bench.StatusAsync())!.Value;
        Assert.Equal(1, status.GetProperty("deadLettersByReason").GetProperty("bad_record").GetInt32());
        var missing = bench.Field.Sent.Keys.Except(bench.Cloud.Temperatures.Keys).ToHashSet();
        Assert.Contains(bench.Field.Sent.Single(s => s.Value == 99.99).Key, missing);
        Assert.InRange(missing.Count, 1, 50);

        bench.Cloud.Refuses = _ => false;
        await using (var command = new Running(
            "requeue", Repository.Program("edge", "IotGateway.Edge"), "dead-letters", "requeue", "--all", "--data", bench.Data))
        {
            await command.EndsAsync(Bench.Patience);
            Assert.Equal(0, command.ExitCode);
        }

        await bench.AllArrivesAsync();
        Assert.Equal(0, (await bench.StatusAsync())!.Value.GetProperty("deadLetters").GetInt32());
    }

    [Fact]
    public async Task ABrokerWhosePolicyForbidsTheBatchesIsNamedAndBuriesNothing()
    {
        await using var bench = await Bench.StartAsync();
        var policy = bench.In("pki/acl");
        var allowed = await File.ReadAllTextAsync(policy, TestContext.Current.CancellationToken);
        await bench.Broker.KillAsync();
        await File.WriteAllTextAsync(
            policy, allowed.Replace("readwrite dt", "read dt", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await bench.Broker.StartAsync();
        await bench.Cloud.ConnectAsync();
        await bench.Field.PublishAsync(50);
        await bench.UntilAsync(
            "the problem is named", async () => (await ProblemsAsync(bench)).Contains("takes no batches since", StringComparison.Ordinal));
        Assert.Equal(0, (await bench.StatusAsync())!.Value.GetProperty("deadLetters").GetInt32());

        await bench.Broker.KillAsync();
        await File.WriteAllTextAsync(policy, allowed, TestContext.Current.CancellationToken);
        await bench.Broker.StartAsync();
        await bench.Cloud.ConnectAsync();
        await bench.AllArrivesAsync();

        Assert.DoesNotContain("takes no batches", await ProblemsAsync(bench), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABrokerThatTakesLessGetsSmallerMessages()
    {
        await using var bench = await Bench.StartAsync("max_packet_size 6000");
        await bench.Field.PublishAsync(3000, large: true);

        await bench.AllArrivesAsync();
        Assert.All(bench.Cloud.Arrivals, a => Assert.InRange(a.Bytes, 1, 6000));
        Assert.Equal(0, (await bench.StatusAsync())!.Value.GetProperty("deadLetters").GetInt32());
    }

    private static IEnumerable<(string, long)> Keys(Arrival arrival) =>
        arrival.Batch.Readings.Select(r => (r.Device.ToString(), r.Time.ToUnixTimeSeconds()));

    private static long MemoryOf(Bench bench) =>
        long.Parse(
            File.ReadLines($"/proc/{bench.Edge.ProcessId}/status")
                .Single(l => l.StartsWith("VmRSS", StringComparison.Ordinal))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture) << 10;

    private static async Task<string> ProblemsAsync(Bench bench) => (await bench.StatusAsync())?.GetProperty("problems").ToString() ?? "";
}
