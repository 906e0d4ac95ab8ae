using System.Text;
using System.Text.Json;
using IotGateway.FirmwareSim.Options;
using IotGateway.FirmwareSim.Replay;
using IotGateway.FirmwareSim.Script;
using Xunit;

namespace IotGateway.FirmwareSim.Tests.Script;

public sealed class FieldScriptTests
{
    [Fact]
    public void TwoRunsPublishTheSameBytes()
    {
        var options = TestOptions.Create(bad: 0.2, synthetic: 2, days: 1);

        Assert.Equal(Bytes(options), Bytes(options));
    }

    [Fact]
    public void AnotherSeedPublishesOthers() =>
        Assert.NotEqual(Bytes(TestOptions.Create(days: 1)), Bytes(TestOptions.Create(days: 1, seed: 2)));

    [Fact]
    public void AHivesFramesDoNotDependOnTheOtherHives()
    {
        var both = TestOptions.Create(synthetic: 1);
        var one = both with { Hives = [3631], Synthetic = 0 };

        Assert.Equal(
            Messages(one).Select(Encoding.UTF8.GetString),
            Messages(both).Select(Encoding.UTF8.GetString).Where(m => m.Contains("\"0004a30b00003631\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void CountersRiseByOnePerFrameAndRestartAtTheOneRejoin()
    {
        foreach (var node in Frames(TestOptions.Create(lost: 0.1)).GroupBy(l => l.Eui))
        {
            var sessions = node.GroupBy(l => l.DevAddr).Select(s => s.ToList()).ToList();

            Assert.Equal(2, sessions.Count);
            Assert.All(sessions, s => Assert.Equal(Enumerable.Range(0, s.Count).Select(i => (uint?)i), s.Select(l => l.FCnt)));
            Assert.InRange(sessions[0].Count - sessions[1].Count, -1, 1);
        }
    }

    [Fact]
    public void ALostFrameIsNeverPublishedAndLeavesAGap()
    {
        var script = FieldSources.Open(TestOptions.Create(lost: 0.2)).Transmissions().ToList();

        var lost = script.Where(t => t.Kind == TransmissionKind.Lost).ToList();
        Assert.NotEmpty(lost);
        Assert.All(lost, t => Assert.Empty(t.Messages));
        Assert.InRange((double)lost.Count / script.Count(t => t.Ledger is not null), 0.14, 0.26);
    }

    [Fact]
    public void AJoinComesFirstAndAStatusOnceADay()
    {
        var one = TestOptions.Create(lost: 0) with { Hives = [3627] };
        var script = FieldSources.Open(one).Transmissions().ToList();

        Assert.Equal(TransmissionKind.Join, script[0].Kind);
        Assert.Equal(2, script.Count(t => t.Kind == TransmissionKind.Join));
        Assert.Equal(3, script.Count(t => t.Kind == TransmissionKind.Status));
        Assert.Equal(3, script.Where(t => t.Kind == TransmissionKind.Status).DistinctBy(t => t.Time.Date).Count());
    }

    [Fact]
    public void DuplicatesComeInTheThreeForms()
    {
        var uplinks = FieldSources.Open(TestOptions.Create(lost: 0, duplicate: 1))
            .Transmissions()
            .Where(t => t.Kind == TransmissionKind.Up)
            .ToList();
        var merged = uplinks.Where(t => t.Messages.Count == 1).ToList();
        var twice = uplinks.Where(t => t.Messages.Count == 2).ToList();
        var republished = twice.Where(t => t.Messages[0].Payload.AsSpan().SequenceEqual(t.Messages[1].Payload)).ToList();
        var second = twice.Except(republished).ToList();

        Assert.All(merged, t => Assert.Equal(2, Json(t.Messages[0].Payload).GetProperty("rxInfo").GetArrayLength()));
        Assert.All(second, t =>
        {
            var (a, b) = (Json(t.Messages[0].Payload), Json(t.Messages[1].Payload));
            Assert.NotEqual(a.GetProperty("deduplicationId").GetString(), b.GetProperty("deduplicationId").GetString());
            Assert.Equal(a.GetProperty("fCnt").GetInt32(), b.GetProperty("fCnt").GetInt32());
            Assert.Equal(a.GetProperty("data").GetString(), b.GetProperty("data").GetString());
        });
        Assert.InRange((double)merged.Count / uplinks.Count, 0.5, 0.7);
        Assert.InRange((double)republished.Count / uplinks.Count, 0.12, 0.28);
        Assert.InRange((double)second.Count / uplinks.Count, 0.12, 0.28);
    }

    [Fact]
    public void RowsThatShareHiveAndSecondAreBothSent()
    {
        var all = TestOptions.Create(lost: 0) with { Hives = null, From = null, Until = null };
        var frames = Frames(all).ToList();

        Assert.Equal(66_147, frames.Count);
        Assert.Equal(50, frames.Count - frames.DistinctBy(l => (l.Eui, l.Time)).Count());
        Assert.Equal(frames.Count, frames.DistinctBy(l => (l.Eui, l.DevAddr, l.FCnt)).Count());
    }

    [Fact]
    public void BadInputLeavesTheGoodFramesAsTheyAre()
    {
        var good = Frames(TestOptions.Create()).Select(Line);
        var besideBad = Frames(TestOptions.Create(bad: 0.5)).Where(l => l.Kind != "bad").Select(Line);

        Assert.Equal(good, besideBad);

        static string Line(LedgerLine line) => JsonSerializer.Serialize(line, LedgerJson.Default.LedgerLine);
    }

    [Fact]
    public void BadFramesHaveASessionOfTheirOwn() => Assert.All(
        Frames(TestOptions.Create(bad: 0.5)).Where(l => l.Kind == "bad" && l.FCnt is not null),
        l => Assert.True(l.DevAddr == BadInputs.DevAddr && l.FCnt >= BadInputs.FirstFCnt));

    private static IEnumerable<LedgerLine> Frames(SimOptions options) =>
        FieldSources.Open(options).Transmissions().Where(t => t.Ledger is not null).Select(t => t.Ledger!);

    private static IEnumerable<byte[]> Messages(SimOptions options) =>
        FieldSources.Open(options).Transmissions().SelectMany(t => t.Messages).Select(m => m.Payload);

    private static byte[] Bytes(SimOptions options) =>
        [
            .. FieldSources.Open(options)
                .Transmissions()
                .SelectMany(t => t.Messages)
                .SelectMany(m => Encoding.UTF8.GetBytes(m.Topic).Concat(m.Payload)),
        ];

    private static JsonElement Json(byte[] payload) => JsonDocument.Parse(payload).RootElement;
}
