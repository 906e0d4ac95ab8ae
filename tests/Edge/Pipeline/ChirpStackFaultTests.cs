using IotGateway.Edge.Decode;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Tests.Pipeline;

/// <summary>Messages of ChirpStack that others' gateways stumbled over, each line of each file.</summary>
public sealed class ChirpStackFaultTests : IDisposable
{
    private static readonly DeviceId Node = DeviceId.Parse("0004a30b00e00009");
    private readonly DecodingBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void AReadingWithATimeOfItsOwnNeedsNoOther()
    {
        var lines = _bench.TakeFile("chirpstack-forms-of-time.jsonl");

        Assert.Equal(13, lines.Count);
        Assert.Equal(
            Enumerable.Range(0, 13).Select(i => new DateTimeOffset(2026, 11, 29, 8, i, 0, TimeSpan.Zero)),
            lines.Select(l => Assert.Single(l).Time));
        Assert.All(lines, l => Assert.Equal(Quality.Good, l[0].Quality));
        Assert.Empty(_bench.Refused);
        Assert.Equal((12L, 13L, 0L), (_bench.Node.FCnt!.Value, _bench.Node.Received, _bench.Node.Missed));
    }

    [Fact]
    public void NumbersAsTextsNullsAndNumericAddressesLoseNothing()
    {
        var lines = _bench.TakeFile("chirpstack-numbers-as-text.jsonl");

        Assert.Equal([26.0, 26.1, 26.2, 26.3, 26.4, 26.5], lines.Select(l => Assert.Single(l).Value));
        Assert.Empty(_bench.Refused);
        Assert.Equal((45L, 6L, 0L, -97), (_bench.Node.FCnt!.Value, _bench.Node.Received, _bench.Node.Missed, _bench.Node.Rssi!.Value));
    }

    [Fact]
    public void NamesTagsAndObjectsThatNobodyReadsLoseNothing()
    {
        var lines = _bench.TakeFile("chirpstack-names-tags-objects.jsonl");

        Assert.Equal(5, lines.Count);
        Assert.All(lines, l => Assert.Equal(Metrics.HiveTemperature, Assert.Single(l).Metric));
        Assert.Empty(_bench.Refused);
    }

    [Fact]
    public void FramesWithoutPayloadAreHeardAndNotMissed()
    {
        var lines = _bench.TakeFile("chirpstack-frames-without-payload.jsonl");

        Assert.Equal([1, 0, 0, 0, 1], lines.Select(l => l.Length));
        Assert.Equal((5L, 0L, 3L), (_bench.Node.Received, _bench.Node.Missed, _bench.Counters["frames.without_payload"]));
        Assert.Empty(_bench.Refused);
    }

    [Fact]
    public void FramesThatCannotBeReadAreHeardAndNotMissed()
    {
        var lines = _bench.TakeFile("chirpstack-unreadable-frames-are-heard.jsonl");

        Assert.Equal([1, 0, 0, 1], lines.Select(l => l.Length));
        Assert.Equal((4L, 0L, 0L), (_bench.Node.Received, _bench.Node.Missed, _bench.Counters["frames.missed"]));
        Assert.Equal(["truncated", "unknown_port"], _bench.Refused);
    }

    [Fact]
    public void ABatteryThatIsNotMeasuredHasNoLevel()
    {
        _bench.TakeFile("chirpstack-battery-that-is-none.jsonl");

        Assert.Equal([null, null, 88.58], _bench.Nodes.Page(0, 10).Nodes.Select(n => n.BatteryPercent));
    }

    [Theory]
    [InlineData("\"batteryLevel\":255")]
    [InlineData("\"batteryLevel\":0")]
    [InlineData("\"batteryLevel\":50,\"externalPowerSource\":true")]
    [InlineData("\"batteryLevel\":\"50\",\"batteryLevelUnavailable\":\"true\"")]
    public void ANodeThatWentOnMainsHasNoLevelAnyMore(string field)
    {
        const string topic = "application/1/device/0004a30b00e00009/event/status";
        _bench.Take(topic, """{"deviceInfo":{"devEui":"0004a30b00e00009"},"batteryLevel":"88.5"}""");
        Assert.Equal(88.5, _bench.Node.BatteryPercent);

        _bench.Take(topic, """{"deviceInfo":{"devEui":"0004a30b00e00009"},""" + field + "}");
        Assert.Null(_bench.Node.BatteryPercent);
    }

    [Fact]
    public void APayloadThatIsStillEncryptedIsNotReadAndNamed()
    {
        var lines = _bench.TakeFile("chirpstack-payload-still-encrypted.jsonl");

        Assert.All(lines, Assert.Empty);
        Assert.Equal(["payload_encrypted", "payload_encrypted"], _bench.Refused);
        Assert.Equal((2L, 0L), (_bench.Node.Received, _bench.Node.Missed));
    }

    [Fact]
    public void AChipsWordForNoValueIsNone()
    {
        var lines = _bench.TakeFile("chirpstack-placeholders-as-values.jsonl");

        Assert.Equal(
            [
                "hive_temperature 34.5 Good, hive_humidity 60 Good, brood_temperature 34.9 Good",
                "hive_temperature 34.5 Good, hive_humidity 60 Good",
                "hive_temperature 34.5 Good, hive_humidity 60 Good",
                "hive_temperature 300 OutOfRange, hive_humidity 225 OutOfRange",
                "hive_temperature 34.5 Good, hive_humidity 60 Good, brood_temperature 34.8 Good",
            ],
            lines.Select(l => string.Join(", ", l.Select(r => FormattableString.Invariant($"{r.Metric} {r.Value} {r.Quality}")))));
        Assert.Equal(["no_value", "no_value", "no_value"], _bench.Refused);
    }

    /// <summary>Among an event's clocks the first that can be right is believed.</summary>
    [Theory]
    [InlineData("\"time\":\"2026-11-30T11:00:00Z\"", "2026-11-30T11:00:00", Quality.NetworkTime)]
    [InlineData(
        "\"time\":\"1970-01-01T00:00:09Z\",\"rxInfo\":[{\"gwTime\":\"2026-11-30T11:00:00Z\"}]", "2026-11-30T11:00:00", Quality.NetworkTime)]
    [InlineData(
        "\"time\":\"2031-01-01T00:00:00Z\",\"rxInfo\":[{\"nsTime\":\"2026-11-30T11:00:00Z\"}]", "2026-11-30T11:00:00", Quality.NetworkTime)]
    [InlineData(
        "\"rxInfo\":[{\"gwTime\":\"2099-01-01T00:00:00Z\"},{\"gwTime\":\"2026-11-30T11:00:00Z\"}]", "2026-11-30T11:00:00",
        Quality.NetworkTime)]
    [InlineData(
        "\"rxInfo\":[{\"timeSinceGpsEpoch\":\"1238600000s\",\"nsTime\":\"2026-11-30T11:00:00Z\"}]", "2026-11-30T11:00:00",
        Quality.NetworkTime)]
    [InlineData(
        "\"time\":\"2019-04-07T00:00:00Z\",\"rxInfo\":[{\"gwTime\":\"2019-04-07T00:00:00Z\",\"nsTime\":\"2026-11-30T11:00:00Z\"}]",
        "2026-11-30T11:00:00", Quality.NetworkTime)]
    [InlineData(
        "\"rxInfo\":[{\"gwTime\":\"2019-04-07T00:00:00Z\",\"nsTime\":\"2026-11-30T23:00:00Z\"}]", "2026-11-30T12:00:00",
        Quality.GatewayTime)]
    [InlineData(
        "\"time\":\"2026-11-30T08:00:00Z\",\"rxInfo\":[{\"gwTime\":\"2026-11-30T08:00:01Z\",\"nsTime\":\"2026-11-30T11:00:00Z\"}]",
        "2026-11-30T08:00:00", Quality.NetworkTime)]
    [InlineData(
        "\"time\":\"2026-11-30T08:00:00Z\",\"rxInfo\":[{\"nsTime\":\"2026-11-30T11:00:00Z\"}]", "2026-11-30T11:00:00",
        Quality.NetworkTime)]
    [InlineData("\"time\":\"9999-12-31T23:59:59Z\"", "2026-11-30T12:00:00", Quality.GatewayTime)]
    [InlineData("\"time\":\"\"", "2026-11-30T12:00:00", Quality.GatewayTime)]
    public void OfSeveralClocksTheBestThatCanBeIsTaken(string times, string expected, Quality quality)
    {
        var payload = Convert.ToBase64String([1, 0, 0, 0, 0, 0, 1, 0x0D, 0x7A]);

        var reading = Assert.Single(_bench.Take(
            $"application/1/device/{Node}/event/up",
            $$"""{"deviceInfo":{"devEui":"{{Node}}"},"fCnt":1,"fPort":10,"data":"{{payload}}",{{times}}}"""));

        Assert.Equal((expected, quality), ($"{reading.Time:s}", reading.Quality));
        Assert.Equal(reading.Time, _bench.Node.LastHeard);
        Assert.Equal(DecodingBench.Now, _bench.Node.LastReceived);
    }

    [Fact]
    public void AFrameOfADeviceThatNobodyListedIsNotFollowed()
    {
        _bench.Take(new Uplink(DeviceId.Parse("ffffffffffff0001"), "", 1, 10, new byte[] { 1 }, [], 1, null, false), new("", default));

        Assert.Equal(["unknown_device"], _bench.Refused);
        Assert.Empty(_bench.Nodes.Page(0, 10).Nodes);
    }
}
