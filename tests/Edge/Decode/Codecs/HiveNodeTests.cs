using CsCheck;
using IotGateway.Edge.Decode;
using IotGateway.Edge.Decode.Codecs.HiveNode;
using IotGateway.Edge.Tests.Contracts;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Tests.Decode.Codecs;

public class HiveNodeTests : CodecContractTests
{
    private protected override Codec Codec => HiveNodeCodec.Codec;

    private protected override IReadOnlyList<CodecSample> Samples { get; } =
    [
        new(10, "0160CD374400030B43110B", (Metrics.HiveTemperature, 28.83), (Metrics.HiveHumidity, 43.63)),
        new(10, "010000000000010D7A", (Metrics.HiveTemperature, 34.5)),
        new(10, "0160CD374400038000FFFF", (Metrics.HiveTemperature, double.NaN), (Metrics.HiveHumidity, double.NaN)),
    ];

    [Fact]
    public void ReadsTheDocumentedExample()
    {
        var decoded = Read(10, Convert.FromHexString("0160CD374400030B43110B"));

        Assert.Equal(new DateTimeOffset(2021, 6, 19, 0, 16, 4, TimeSpan.Zero), decoded.Time);
        Assert.Equal([new Field(Metrics.HiveTemperature, 28.83), new Field(Metrics.HiveHumidity, 43.63)], decoded.Fields);
    }

    [Fact]
    public void ReadsEveryFieldAtItsPlace()
    {
        // Each value worked out by hand from the table in firmware-sim/PAYLOAD.md.
        var decoded = Read(10, Convert.FromHexString(
            "01" + "00000000" + "0FFF" + "FF38" + "2710" + "0DAC" + "00EA60" + "1388" + "0064" + "0190" + "000A" + "0019" + "0032" + "5A"
            + "28" + "29" + "2A" + "2B" + "2C" + "2D" + "2E" + "2F" + "0007" + "0009" + "1068"));

        Assert.Null(decoded.Time);
        Assert.Equal(
            [
                ("hive_temperature", -2.0), ("hive_humidity", 100.0), ("brood_temperature", 35.0), ("weight", 60.0), ("co2", 5000.0),
                ("tvoc", 100.0),
                ("eco2", 400.0), ("pm1", 1.0), ("pm2_5", 2.5), ("pm10", 5.0), ("sound_level", 45.0), ("sound_60_125", 0.0),
                ("sound_125_225", 0.5),
                ("sound_225_300", 1.0), ("sound_300_380", 1.5), ("sound_380_550", 2.0), ("sound_500_600", 2.5), ("sound_600_1200", 3.0),
                ("sound_2000_3600", 3.5), ("bees_in", 7.0), ("bees_out", 9.0), ("battery_voltage", 4.2),
            ],
            decoded.Fields.Select(f => (f.Path, f.Value)));
        Assert.All(decoded.Fields, f => Assert.NotNull(Metrics.Find(f.Path)));
    }

    [Fact]
    public void ASensorThatDidNotAnswerBecomesNoNumber()
    {
        var decoded = Read(10, Convert.FromHexString("01" + "60CD3744" + "0003" + "8000" + "FFFF"));

        Assert.All(decoded.Fields, f => Assert.True(double.IsNaN(f.Value)));
    }

    [Theory]
    [InlineData("", "truncated")]
    [InlineData("0160CD37440003", "truncated")]
    [InlineData("0160CD374400030B4311", "truncated")]
    [InlineData("0160CD374400030B43110B00", "too_long")]
    [InlineData("0260CD374400030B43110B", "unknown_layout")]
    [InlineData("0160CD374480030B43110B", "unknown_layout")]
    public void WhatIsNotExactlyAFrameIsRefusedWhole(string hex, string reason) =>
        Assert.Equal(reason, Assert.Throws<RefusedException>(() => HiveNodeCodec.Read(10, Convert.FromHexString(hex))).Reason);

    [Fact]
    public void AnotherPortIsRefused() =>
        Assert.Equal(
            "unknown_port",
            Assert.Throws<RefusedException>(() => HiveNodeCodec.Read(11, Convert.FromHexString("0160CD374400030B43110B"))).Reason);

    [Fact]
    public void NoBytesThrowAnythingElse() => Gen.Byte.Array[0, 60].Sample(bytes =>
    {
        if (bytes.Length > 0)
            bytes[0] = 1;
        try
        {
            HiveNodeCodec.Read(10, bytes);
        }
        catch (RefusedException)
        {
            // The only failure there may be.
        }
    });
    private static Decoded Read(int fPort, byte[] payload) => Assert.Single(HiveNodeCodec.Read(fPort, payload));
}
