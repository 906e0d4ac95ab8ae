using IotGateway.Edge.Buffer;
using IotGateway.Edge.Buffer.Batches;
using IotGateway.Edge.Clock;
using IotGateway.Edge.Forwarding.Answers;
using IotGateway.Edge.Packs;
using IotGateway.Edge.Tests.Buffer;
using IotGateway.Edge.Tests.Buffer.Disks;
using IotGateway.Hosting;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IotGateway.Edge.Tests.Forwarding;

public sealed class DeadLettersTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly DeadLetters _letters;

    public DeadLettersTests() => _letters = new DeadLetters(Path.Combine(_folder.Path, "dead-letters"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheyAreListedWithTheirReasons()
    {
        Bury(7, "bad_record");
        Bury(8, "too_large");

        Assert.Equal(
            (0, "abc-000000000007  2026-05-01 12:00:00Z  2 readings  bad_record\nabc-000000000008  2026-05-01 12:00:00Z  2 readings  "
                + "too_large\n", ""), Run("list"));
        Assert.Equal(new Dictionary<string, int> { ["bad_record"] = 1, ["too_large"] = 1 }, _letters.ByReason());
    }

    [Fact]
    public void TheyAreExportedAndDropped()
    {
        Bury(7, "bad_record");
        var export = Path.Combine(_folder.Path, "out");

        Assert.Equal((0, "", ""), Run("export", export));
        Assert.Equal((0, "", ""), Run("drop", "abc-000000000007"));

        Assert.Equal("bad_record", DeadLetter.Read(Path.Combine(export, "abc-000000000007.json")).Reason);
        Assert.Empty(_letters.All());
        Assert.Empty(_letters.ByReason());
    }

    [Theory]
    [InlineData("--all")]
    [InlineData("abc-000000000007")]
    public async Task ARequeuedOneGoesThroughTheBufferAgain(string which)
    {
        Bury(7, "bad_record", BatchKind.Alarm);
        Assert.Equal((0, "", ""), Run("requeue", which));
        await using var buffer = Given.Buffer(new MemoryDisk(1));

        await TakeUpAsync(buffer);

        var batch = Assert.Single(buffer.ReadAll());
        Assert.Equal(
            (1L, BatchKind.Alarm, 2, Pack().ToArray()), (batch.Sequence, batch.Kind, batch.Readings, batch.Payload.ToArray()), new Same());
        Assert.Empty(_letters.All());
        Assert.Empty(Directory.GetFiles(_letters.RequeueFolder));
    }

    [Theory]
    [InlineData("""{"senml":[{"n":"a"}]}""")]
    [InlineData("""{"senml":[{"boot":"a","zero":9000000000000000000,"bn":"a/","bt":1,"n":"co2","v":1}]}""")]
    [InlineData("""{"senml":[{"boot":"a","zero":1.5,"bn":"a/","bt":1,"n":"co2","v":1}]}""")]
    [InlineData("""[7]""")]
    [InlineData(null)]
    public async Task OneThatWasMendedBadlyComesBack(string? content)
    {
        Bury(7, "bad_record");
        await File.WriteAllTextAsync(
            _letters.PathOf("abc-000000000007"), content ?? new string(' ', (8 << 20) + 1) + "{}", TestContext.Current.CancellationToken);
        Run("requeue", "--all");
        await using var buffer = Given.Buffer(new MemoryDisk(1));

        await TakeUpAsync(buffer);

        Assert.Empty(buffer.ReadAll());
        Assert.Equal("unreadable", Assert.Single(_letters.All()).Reason);
    }

    [Fact]
    public async Task AFolderThatWasRemovedStopsNothing()
    {
        Directory.Delete(_letters.RequeueFolder);
        await using var buffer = Given.Buffer(new MemoryDisk(1));
        var time = new FakeTimeProvider();
        using var requeuer = new Requeuer(_letters, buffer, new Counters(), time, NullLogger<Requeuer>.Instance);
        await requeuer.StartAsync(CancellationToken.None);
        Bury(7, "bad_record");
        Directory.CreateDirectory(_letters.RequeueFolder);
        Run("requeue", "--all");
        var appended = buffer.WaitForAppendAsync(0, TestContext.Current.CancellationToken);
        while (!appended.IsCompleted && !requeuer.ExecuteTask!.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(2));
            await Task.Yield();
        }

        Assert.False(requeuer.ExecuteTask!.IsCompleted);
        await requeuer.StopAsync(CancellationToken.None);
    }

    [Fact]
    public void FullTheyTakeNoMoreUntilSomeAreTakenAway()
    {
        Bury(7, "bad_record");
        var one = new FileInfo(_letters.PathOf("abc-000000000007")).Length;
        var letters = new DeadLetters(Path.Combine(_folder.Path, "dead-letters"), (one * 2) - 1);

        var full =
            Assert.Throws<IOException>(() => letters.Add("abc", new BufferedBatch(8, BatchKind.Ordinary, 2, At, Pack()), "bad_record", At));
        Assert.Contains("export, requeue or drop", full.Message, StringComparison.Ordinal);
        Assert.Single(letters.All());
        Run("drop", "abc-000000000007");
        letters.Add("abc", new BufferedBatch(8, BatchKind.Ordinary, 2, At, Pack()), "bad_record", At);

        Assert.Equal("abc-000000000008", Assert.Single(letters.All()).Name);
    }

    [Fact]
    public void ManySmallOnesHaveABoundToo()
    {
        var letters = new DeadLetters(Path.Combine(_folder.Path, "dead-letters"), maxLetters: 2);
        letters.Add("abc", new BufferedBatch(1, BatchKind.Ordinary, 2, At, Pack()), "bad_record", At);
        letters.Add("abc", new BufferedBatch(2, BatchKind.Ordinary, 2, At, Pack()), "bad_record", At);

        Assert.Throws<IOException>(() => letters.Add("abc", new BufferedBatch(3, BatchKind.Ordinary, 2, At, Pack()), "bad_record", At));
        Run("drop", "abc-000000000001");
        letters.Add("abc", new BufferedBatch(3, BatchKind.Ordinary, 2, At, Pack()), "bad_record", At);
        Assert.Equal(2, letters.All().Count);
    }

    [Fact]
    public void AMistakeIsToldAndDoesNothing()
    {
        Bury(7, "bad_record");

        Assert.Equal(1, Run("drop", "other").Code);
        Assert.Equal(1, Run("requeue", "../../etc/passwd").Code);
        Assert.Equal(ExitCode.Usage, Run("bury").Code);
        Assert.Equal(
            ExitCode.Usage,
            Commands.Find(
                ["dead-letters", "list", "--data", "/nowhere"])!(
                    ["dead-letters", "list", "--data", "/nowhere"], TextWriter.Null, TextWriter.Null));
        Assert.Single(_letters.All());
    }

    [Fact]
    public async Task ABatchThatIsTooLargeBecomesTwo()
    {
        await using var buffer = Given.Buffer(new MemoryDisk(1));
        var stamp = new Stamp("boot", At, true);
        Reading[] readings = [.. Senml.Read(Pack().Span), .. Senml.Read(Pack().Span)[..1]];
        await buffer.AppendAsync(StampedPack.Write(stamp, readings), 3, BatchKind.Ordinary, TestContext.Current.CancellationToken);

        Assert.True(await PackSplitter.SplitAsync(buffer, buffer.ReadAll()[0], TestContext.Current.CancellationToken));

        var halves = buffer.ReadAll()[1..];
        Assert.Equal([1, 2], halves.Select(h => h.Readings));
        Assert.Equal(readings, halves.SelectMany(h => Senml.Read(h.Payload.Span)));
        Assert.All(halves, h => Assert.Equal(stamp, StampedPack.StampOf(h.Payload.Span)));
        Assert.False(await PackSplitter.SplitAsync(buffer, halves[0], TestContext.Current.CancellationToken));
    }

    private static ReadOnlyMemory<byte> Pack() => StampedPack.Write(null,
    [
        new Reading(DeviceId.Parse("a"), Metrics.HiveTemperature, At, 34.5, "Cel", Quality.Good, At),
        new Reading(DeviceId.Parse("a"), Metrics.HiveHumidity, At, 50, "%RH", Quality.Good, At),
    ]);

    private void Bury(long sequence, string reason, BatchKind kind = BatchKind.Ordinary) =>
        _letters.Add("abc", new BufferedBatch(sequence, kind, 2, At, Pack()), reason, At);

    private async Task TakeUpAsync(BatchBuffer buffer)
    {
        using var requeuer = new Requeuer(_letters, buffer, new Counters(), TimeProvider.System, NullLogger<Requeuer>.Instance);
        await requeuer.TakeUpAsync(CancellationToken.None);
    }

    private (int Code, string Output, string Errors) Run(params string[] args)
    {
        string[] all = ["dead-letters", .. args, "--data", _folder.Path];
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter();
        return (Commands.Find(all)!(all, output, errors), output.ToString(), errors.ToString());
    }

    private sealed class Same : EqualityComparer<(long, BatchKind, int, byte[])>
    {
        public override bool Equals((long, BatchKind, int, byte[]) x, (long, BatchKind, int, byte[]) y) =>
            (x.Item1, x.Item2, x.Item3) == (y.Item1, y.Item2, y.Item3) && x.Item4.SequenceEqual(y.Item4);

        public override int GetHashCode((long, BatchKind, int, byte[]) obj) => obj.Item1.GetHashCode();
    }
}
