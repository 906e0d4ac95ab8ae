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
    public void WhatFillsAHoleIsTakenThoughNoHoleMoreIs()
    {
        for (var i = 0; i < AppliedStream.MostRanges; i++)
            Assert.Null(Admit("thorn", "s", (2 * i) + 1));

        Assert.Equal("too_many_holes", Admit("thorn", "s", 1_000_000));
        Assert.Null(Admit("thorn", "s", 2));
        Assert.Null(Admit("thorn", "s", 1_000_000)); // two ranges became one
        Assert.Equal("too_many_holes", Admit("thorn", "s", 2_000_000));
        Assert.Null(Admit("thorn", "s", 1_000_001));
        Assert.Null(Admit("hill", "s", 2_000_000));
        Assert.Equal(3, _stored.Find("thorn", "s").Contiguous);
    }

    private string? Admit(string gateway, string stream, long sequence) =>
        _stored.Admit(gateway, stream, new SequenceRange(sequence, sequence));
}
