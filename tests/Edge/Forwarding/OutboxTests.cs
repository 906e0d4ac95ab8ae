using CsCheck;
using IotGateway.Edge.Buffer;
using IotGateway.Edge.Buffer.Batches;
using IotGateway.Edge.Forwarding.Lanes;
using IotGateway.Edge.Tests.Buffer;
using IotGateway.Edge.Tests.Buffer.Disks;
using IotGateway.Telemetry.Wire;
using Microsoft.Extensions.Time.Testing;

namespace IotGateway.Edge.Tests.Forwarding;

public class OutboxTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private enum Act
    {
        Append,
        Alarm,
        Send,
        Answer,
        AnswerInPart,
        Wait,
        Reconnect,
        Separate,
    }

    /// <summary>Sending and appending come more often than what undoes them.</summary>
    private static readonly Gen<Act> Often = Gen.OneOf(
        (Act[])[.. Enum.GetValues<Act>(), Act.Append, Act.Append, Act.Append, Act.Send, Act.Send, Act.Send, Act.Wait, Act.Wait]);

    [Fact]
    public Task EverySequenceIsSentAndNoneTwiceWhileUnanswered() =>
        Gen.Select(Often, Gen.Int[0, 1000]).Array[1, 120].SampleAsync(CheckAsync, iter: Given.LongTests ? 2000 : 150);

    [Fact]
    public async Task ABacklogLongerThanAPageIsFoundBehindWhatIsInFlight()
    {
        await using var buffer = Given.Buffer(new MemoryDisk(1));
        for (var i = 0; i < 30; i++)
            await buffer.AppendAsync(Given.Payload(i, 60_000));
        var outbox = Outbox(buffer, new FakeTimeProvider());
        var sent = new List<long>();
        for (var i = 0; i < 5; i++)
            sent.AddRange(outbox.Next()!.Batches.Select(b => b.Sequence));

        outbox.SendAlone(1, 2);
        while (outbox.Next() is { } parcel)
            sent.AddRange(parcel.Batches.Select(b => b.Sequence));

        Assert.Equal(Enumerable.Range(1, 30).Select(i => (long)i), sent.Distinct().Order());
        Assert.Equal(sent.Count, sent.Distinct().Count() + 2);
    }

    [Fact]
    public async Task LiveGoesBeforeTheBacklogAndTheBacklogGetsItsShare()
    {
        await using var buffer = Given.Buffer(new MemoryDisk(1));
        for (var i = 0; i < 40; i++)
            await buffer.AppendAsync(Given.Payload(i, 100_000));
        var outbox = Outbox(buffer, new FakeTimeProvider());
        for (var i = 0; i < 40; i++)
            await buffer.AppendAsync(Given.Payload(i, 100_000));

        var lanes = Enumerable.Range(0, 40).Select(_ => outbox.Next()!.Lane).ToArray();

        Assert.Equal(Lane.Live, lanes[0]);
        Assert.Equal(20, lanes.Count(l => l == Lane.Backlog));
    }

    [Fact]
    public async Task WhatMustWaitIsPassedOverAndGoesWhenItMay()
    {
        await using var buffer = Given.Buffer(new MemoryDisk(1));
        var waits = true;
        var outbox = new Outbox(buffer, Given.Cloud, 0.5, Patience, new FakeTimeProvider(), pack => waits && Given.Id(pack) == 2);
        for (var i = 1; i <= 3; i++)
            await buffer.AppendAsync(Given.Payload(i, 100));

        Assert.Equal((1L, 1L), Range(outbox.Next()));
        Assert.Equal((3L, 3L), Range(outbox.Next()));
        Assert.Null(outbox.Next());
        waits = false;
        Assert.Equal((2L, 2L), Range(outbox.Next()));
    }

    [Fact]
    public async Task ABacklogThatMustWaitIsNotReadForEachLiveMessage()
    {
        await using var buffer = Given.Buffer(new MemoryDisk(1));
        for (var i = 1; i <= 1000; i++)
            await buffer.AppendAsync(Given.Payload(i, 1000));
        var (waits, asked) = (true, 0);
        var outbox = new Outbox(buffer, Given.Cloud, 0.5, Patience, new FakeTimeProvider(), pack =>
        {
            asked++;
            return waits && Given.Id(pack) <= 1000;
        });
        for (var i = 1001; i <= 1100; i++)
        {
            await buffer.AppendAsync(Given.Payload(i, 1000));
            Assert.Equal((i, i), Range(outbox.Next()));
        }

        Assert.InRange(asked, 1000, 1500);
        waits = false;
        var sent = new List<long>();
        while (outbox.Next() is { } parcel)
            sent.AddRange(parcel.Batches.Select(b => b.Sequence));
        Assert.Equal(Enumerable.Range(1, 1000).Select(i => (long)i), sent);
    }

    [Fact]
    public async Task OnlyWhatIsOverdueGoesAgain()
    {
        await using var buffer = Given.Buffer(new MemoryDisk(1));
        var time = new FakeTimeProvider();
        var outbox = Outbox(buffer, time);
        for (var i = 1; i <= 2; i++)
        {
            await buffer.AppendAsync(Given.Payload(i, 100));
            Assert.Equal(((long)i, (long)i), Range(outbox.Next()));
            time.Advance(TimeSpan.FromSeconds(20));
        }

        Assert.True(outbox.ForgetOverdue());
        Assert.Equal((1L, 1L), Range(outbox.Next()));
        Assert.Null(outbox.Next());
    }

    [Fact]
    public async Task AnAnswerToPartOfAMessageLeavesTheRestAwaited()
    {
        await using var buffer = Given.Buffer(new MemoryDisk(1));
        for (var i = 1; i <= 5; i++)
            await buffer.AppendAsync(Given.Payload(i, 100));
        var time = new FakeTimeProvider();
        var outbox = Outbox(buffer, time);
        Assert.Equal((1L, 5L), Range(outbox.Next()));

        outbox.Answered(2, 3);
        await buffer.AcknowledgeAsync(2, 3);
        time.Advance(Patience + TimeSpan.FromSeconds(1));

        Assert.True(outbox.ForgetOverdue());
        Assert.Equal((1L, 1L), Range(outbox.Next()));
        Assert.Equal((4L, 5L), Range(outbox.Next()));
    }

    [Fact]
    public async Task AThinLineIsNotFlooded()
    {
        await using var buffer = Given.Buffer(new MemoryDisk(1));
        var time = new FakeTimeProvider();
        var outbox = Outbox(buffer, time);
        for (var i = 1; i <= 2; i++)
        {
            Assert.True(outbox.MaySend(window: 50));
            await buffer.AppendAsync(Given.Payload(i, 100));
            outbox.Next();
        }

        Assert.False(outbox.MaySend(window: 50));
        outbox.Answered(1, 1);
        Assert.True(outbox.MaySend(window: 50));
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.False(outbox.MaySend(window: 50));
        Assert.Equal([new SequenceRange(1, 2)], outbox.Sent(1, 100));
    }

    private static (long, long) Range(Parcel? parcel) => (parcel!.Range.First, parcel.Range.Last);

    private static Outbox Outbox(BatchBuffer buffer, TimeProvider time) => new(buffer, Given.Cloud, 0.5, Patience, time, _ => false);

    private static async Task CheckAsync((Act Act, int Number)[] acts)
    {
        await using var buffer = Given.Buffer(new MemoryDisk(1));
        var time = new FakeTimeProvider();
        var outbox = Outbox(buffer, time);
        var held = new SortedSet<long>();
        var alarms = new HashSet<long>();
        var inFlight = new SortedDictionary<long, DateTimeOffset>();
        foreach (var (act, number) in acts)
        {
            switch (act)
            {
                case Act.Append or Act.Alarm:
                    var sequence = await buffer.AppendAsync(
                        Given.Payload(number, number * 100), act == Act.Alarm ? BatchKind.Alarm : BatchKind.Ordinary);
                    held.Add(sequence);
                    if (act == Act.Alarm)
                        alarms.Add(sequence);
                    break;
                case Act.Send:
                    Send();
                    break;
                case Act.Answer or Act.AnswerInPart when inFlight.Count > 0:
                    var first = inFlight.Keys.ElementAt(number % inFlight.Count);
                    await AnswerAsync(first, act == Act.Answer ? inFlight.Keys.Last() : first);
                    break;
                case Act.Wait:
                    time.Advance(TimeSpan.FromSeconds(number % 40));
                    outbox.ForgetOverdue();
                    foreach (var overdue in inFlight.Where(s => time.GetUtcNow() - s.Value > Patience).Select(s => s.Key).ToArray())
                        inFlight.Remove(overdue);
                    break;
                case Act.Reconnect:
                    outbox.Restart();
                    inFlight.Clear();
                    break;
                case Act.Separate when inFlight.Count > 1:
                    var (from, to) = (inFlight.Keys.First(), inFlight.Keys.Last());
                    if (outbox.SendAlone(from, to))
                        inFlight.Clear();
                    break;
            }
        }

        while (held.Count > 0)
        {
            Assert.True(Send() || inFlight.Count > 0, $"{held.Count} batches are held and neither sent nor in flight, from {held.Min}");
            await AnswerAsync(inFlight.Keys.First(), inFlight.Keys.Last());
        }

        Assert.Null(outbox.Next());
        Assert.Equal(0, outbox.Unanswered);

        bool Send()
        {
            if (outbox.Next() is not { } parcel)
                return false;
            var sequences = parcel.Batches.Select(b => b.Sequence).ToArray();
            Assert.Equal(Enumerable.Range(0, sequences.Length).Select(i => parcel.Range.First + i), sequences);
            Assert.All(sequences, s => Assert.True(held.Contains(s) && !inFlight.ContainsKey(s), $"{s} went twice, or after its answer"));
            if (held.Any(s => alarms.Contains(s) && !inFlight.ContainsKey(s)))
                Assert.All(sequences, s => Assert.Contains(s, alarms));
            foreach (var sequence in sequences)
                inFlight.Add(sequence, time.GetUtcNow());
            return true;
        }

        async Task AnswerAsync(long first, long last)
        {
            outbox.Answered(first, last);
            var answered = inFlight.Keys.Where(s => s >= first && s <= last).ToArray();
            foreach (var sequence in answered)
            {
                inFlight.Remove(sequence);
                held.Remove(sequence);
                await buffer.AcknowledgeAsync(sequence, sequence);
            }
        }
    }
}
