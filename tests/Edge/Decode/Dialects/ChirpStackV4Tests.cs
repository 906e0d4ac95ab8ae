using System.Text;
using IotGateway.Edge.Decode;
using IotGateway.Edge.Decode.Dialects.ChirpStackV4;
using IotGateway.Edge.Tests.Contracts;

namespace IotGateway.Edge.Tests.Decode.Dialects;

public class ChirpStackV4Tests : DialectContractTests
{
    private const string Topic = "application/1/device/0004a30b00003627/event/up";

    private const string Up = """
        {"deduplicationId":"3ac7e3c4-4401-4b8d-9386-a5c902f9202d","time":"2021-06-19T00:16:04.775023242+00:00",
         "deviceInfo":{"deviceName":"hive-3627","devEui":"0004A30B00003627","tags":{"origin":"recorded"}},
         "devAddr":"00189440","adr":true,"dr":1,"fCnt":7,"fPort":10,"data":"AWDNN0QAAwtDEQs=",
         "rxInfo":[{"gatewayId":"0016c001f153a14c","rssi":-97,"snr":-3.5},{"gatewayId":"0016c001f153a14d","rssi":-36}]}
        """;

    private protected override Dialect Dialect => ChirpStackV4Dialect.Dialect;

    private protected override IReadOnlyList<DialectSample> Samples { get; } =
    [
        new(Topic, Up, "0004a30b00003627", "0160CD374400030B43110B"),
        new(
            Topic[..^2] + "status", """{"deviceInfo":{"devEui":"0004a30b00003627"},"margin":10,"batteryLevel":88.3}""", "0004a30b00003627",
            null),
        new(Topic[..^2] + "join", """{"deviceInfo":{"devEui":"0004a30b00003627"},"devAddr":"00189440"}""", "0004a30b00003627", null),
    ];

    [Fact]
    public void ReadsAnUplink()
    {
        var uplink = Assert.IsType<Edge.Decode.Uplink>(Read(Up));

        Assert.Equal("0004a30b00003627", uplink.DevEui.ToString());
        Assert.Equal(("00189440", 7L, 10), (uplink.DevAddr, uplink.FCnt!.Value, uplink.FPort));
        Assert.Equal("0160CD374400030B43110B", Convert.ToHexString(uplink.Payload.Span));
        Assert.Equal(
            new DateTimeOffset(2021, 6, 19, 0, 16, 4, 775, TimeSpan.Zero), Assert.Single(uplink.Times), TimeSpan.FromMilliseconds(1));
        Assert.Equal((2, -36, false), (uplink.Gateways, uplink.Rssi!.Value, uplink.Synthetic));
    }

    [Fact]
    public void WhatTheServerLeavesOutIsZero()
    {
        var uplink = Assert.IsType<Edge.Decode.Uplink>(Read("""{"deviceInfo":{"devEui":"0004a30b00003627"},"data":"AQ=="}"""));

        Assert.Equal((0L, 0, ""), (uplink.FCnt!.Value, uplink.FPort, uplink.DevAddr));
        Assert.Empty(uplink.Times);
    }

    [Fact]
    public void ASimulationSaysSo() =>
        Assert.True(Assert.IsType<Edge.Decode.Uplink>(Read(Up.Replace("recorded", "synthetic", StringComparison.Ordinal))).Synthetic);

    [Fact]
    public void ReadsAStatus()
    {
        var happened =
            Assert.IsType<DeviceEvent>(Read("""{"deviceInfo":{"devEui":"0004a30b00003627"},"margin":10,"batteryLevel":88.3}""", "status"));

        Assert.Equal(("status", 88.3), (happened.Kind, happened.BatteryPercent!.Value));
    }

    [Fact]
    public void AnEventOfAnotherKindHasNoNameOfItsOwn() =>
        Assert.Equal("other", Assert.IsType<DeviceEvent>(Read("""{"deviceInfo":{"devEui":"0004a30b00003627"}}""", "gossip")).Kind);

    [Theory]
    [InlineData("1e999")]
    [InlineData("-1")]
    public void ABatteryLevelThatIsNoPercentageIsUnknown(string level) =>
        Assert.Null(
            Assert.IsType<DeviceEvent>(Read(
                $$"""{"deviceInfo":{"devEui":"0004a30b00003627"},"batteryLevel":{{level}}}""", "status")).BatteryPercent);

    [Theory]
    [InlineData("this is no json", "not_json")]
    [InlineData("", "not_json")]
    [InlineData("[1]", "bad_event")]
    [InlineData("{}", "bad_event")]
    [InlineData("""{"deviceInfo":7}""", "bad_event")]
    [InlineData("""{"deviceInfo":{"devEui":7}}""", "bad_event")]
    [InlineData("""{"deviceInfo":{"devEui":"12"}}""", "bad_event")]
    public void WhatIsNoEventIsRefusedWithItsReason(string json, string reason)
    {
        var refused = Assert.Throws<RefusedException>(() => Read(json));

        Assert.Equal(reason, refused.Reason);
    }

    [Theory]
    [InlineData("\"data\":\"%%%\"", "not_base64")]
    [InlineData("\"data\":7", "not_base64")]
    [InlineData("\"data\":\"\\ud800\"", "not_base64")]
    [InlineData("\"data\":\"AQ==\",\"fPort\":4294967306", "bad_event")]
    [InlineData("\"data\":\"AQ==\",\"fPort\":{}", "bad_event")]
    [InlineData("\"data\":\"AQ==\",\"fPort\":\"ten\"", "bad_event")]
    [InlineData("\"data\":\"AQ==\",\"fPort\":10,\"joinServerContext\":{}", "payload_encrypted")]
    public void WhatIsNeededAndUnreadableIsNamedAndTheNodeWasHeard(string fields, string reason)
    {
        var uplink = Assert.IsType<Edge.Decode.Uplink>(Read("""{"deviceInfo":{"devEui":"0004a30b00003627"},"fCnt":7,""" + fields + "}"));

        Assert.Equal((reason, 7L), (uplink.Fault!.Reason, uplink.FCnt!.Value));
    }

    [Theory]
    [InlineData("\"fCnt\":1e300")]
    [InlineData("\"fCnt\":-1")]
    [InlineData("\"fCnt\":\"\\ud800\"")]
    [InlineData("\"devAddr\":\"00189440001894400018944000189440\"")]
    [InlineData("\"devAddr\":{\"a\":1}")]
    [InlineData("\"time\":\"yesterday\"")]
    [InlineData("\"rxInfo\":\"none\"")]
    [InlineData("\"rxInfo\":[7,null,{\"rssi\":{}},[]]")]
    [InlineData("\"joinServerContext\":null")]
    [InlineData("\"fPort\":\"10\"")]
    [InlineData("\"fPort\":1e1")]
    [InlineData("\"\\ud800\":1")]
    public void WhatNobodyNeedsDecidesNothing(string field)
    {
        var uplink = Assert.IsType<Edge.Decode.Uplink>(Read(
            """{"deviceInfo":{"devEui":"0004a30b00003627"},"data":"AQ","fPort":10,""" + field + "}"));

        Assert.Null(uplink.Fault);
        Assert.Equal((10, "01"), (uplink.FPort, Convert.ToHexString(uplink.Payload.Span)));
    }

    [Fact]
    public void ADevEuiInPairsIsTheSame() => Assert.Equal(
        "0004a30b00003627",
        Assert.IsType<DeviceEvent>(Read("""{"deviceInfo":{"devEui":"00-04-A3-0B-00-00-36-27"}}""", "join")).DevEui.ToString());

    [Fact]
    public void AnObjectMayBeAsDeepAsItsBytes()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 50_000)) + "1" + new string('}', 50_000);

        Assert.IsType<Edge.Decode.Uplink>(Read("""{"deviceInfo":{"devEui":"0004a30b00003627"},"data":"AQ==","object":""" + deep + "}"));
    }

    [Fact]
    public void AByteOrderMarkIsPassedOver() =>
        Assert.IsType<Edge.Decode.Uplink>(Read("\ufeff" + Up));

    /// <summary>GPS, the server's clock, the event's, a radio gateway's; not one that was never set.</summary>
    [Fact]
    public void ClocksOfOneEventComeBestFirst()
    {
        var uplink = Assert.IsType<Edge.Decode.Uplink>(Read("""
            {"deviceInfo":{"devEui":"0004a30b00003627"},"data":"AQ==","time":"2026-11-29T08:00:03Z","rxInfo":[
             {"gwTime":"1970-01-01T00:01:07Z","nsTime":"2026-11-29T08:00:02Z"},
             {"gwTime":"2026-11-29T08:00:04Z","timeSinceGpsEpoch":"1479974419s"}]}
            """));

        Assert.Equal(["08:00:01", "08:00:02", "08:00:03", "08:00:04"], uplink.Times.Select(t => $"{t:HH:mm:ss}"));
        Assert.Equal(2026, uplink.Times[0].Year);
    }

    [Fact]
    public void APayloadLongerThanAnyRadioFrameIsRefused()
    {
        var json = $$"""{"deviceInfo":{"devEui":"0004a30b00003627"},"data":"{{Convert.ToBase64String(new byte[243])}}"}""";

        Assert.Equal("payload_too_large", Assert.IsType<Edge.Decode.Uplink>(Read(json)).Fault!.Reason);
    }

    [Fact]
    public void AMessageOfAMegabyteIsRefusedUnread() =>
        Assert.Equal("too_large", Assert.Throws<RefusedException>(() => ChirpStackV4Dialect.Read(Topic, new byte[1_000_000])).Reason);

    [Fact]
    public void AnotherTopicIsRefused() =>
        Assert.Equal(
            "unknown_topic",
            Assert.Throws<RefusedException>(() => ChirpStackV4Dialect.Read("v3/app/devices/x/up", "{}"u8.ToArray())).Reason);

    private static Content Read(string json, string kind = "up") =>
        ChirpStackV4Dialect.Read(Topic[..^2] + kind, Encoding.UTF8.GetBytes(json));
}
