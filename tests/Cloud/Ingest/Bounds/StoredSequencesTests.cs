using IotGateway.Cloud.Ingest.Commit;
using IotGateway.Cloud.Observations;
using IotGateway.Telemetry.Wire;
using Microsoft.Extensions.Time.Testing;

namespace IotGateway.Cloud.Tests.Ingest.Bounds;

public sealed class StoredSequencesTests
{
    private readonly FakeTimeProvider _time = new(TestGateway.Noon);
    private readonly StoredSequences _stored;

    public StoredSequencesTests() => _stored = new StoredSequences(_time);

    [Fact]
    public void AGatewayBeginsSoManyStreamsADay()
    {
        for (var i = 0; i < StoredSequences.MostBegunADay; i++)
            Assert.Null(Admit("thorn", $"s{i}", 1));

        Assert.Equal("too_many_streams", Admit("thorn", "more", 1));
        Assert.Null(Admit("thorn", "s63", 2));
        Assert.Null(Admit("hill", "more", 1));
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Null(Admit("thorn", "more", 1));
        Assert.Equal(2, _stored.Find("thorn", "s63").Contiguous);
        Assert.Equal(0, _stored.Find("thorn", "s0").Contiguous); // the one quiet longest made room
    }

    [Fact]
    public void OfAStreamWithHolesTheOldestRangesAreForgottenAndNothingIsRefused()
    {
        Assert.Null(Admit("gw", "s", 1));
        for (var i = 2; i < 10_000; i++)
            Assert.Null(Admit("gw", "s", 2 * i));

        var known = _stored.Find("gw", "s");
        Assert.Equal(AppliedStream.MostRanges, known.Ranges.Count);
        Assert.Equal(1, known.Contiguous);
        Assert.True(known.Contains(19_998));
        Assert.Null(Admit("gw", "s", 4)); // forgotten and sent again
        Assert.Null(Admit("gw", "s", 2));
        Assert.Equal(2, _stored.Find("gw", "s").Contiguous);
    }

    private string? Admit(string gateway, string stream, long sequence) =>
        _stored.Admit(gateway, stream, new SequenceRange(sequence, sequence));
}
