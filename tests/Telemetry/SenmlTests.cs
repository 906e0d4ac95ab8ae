using System.Buffers;
using CsCheck;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Telemetry.Tests;

public class SenmlTests
{
    private static readonly Gen<Reading> AnyReading =
        from device in Gen.OneOf("0004a30b00003627", "0004a30b00003629", "gw.bme280-0")
        from metric in Gen.OneOf(Metrics.All.Select(m => m.Name).Append("of_my_own").ToArray())
        from milliseconds in Gen.Long[0, 4_102_444_800_000]
        from value in Gen.Double.Where(double.IsFinite)
        from quality in Gen.Int[0, 1023]
        from delay in Gen.Long[0, 100_000]
        select new Reading(
            DeviceId.Parse(device), metric, DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), value, Metrics.Find(metric)?.Unit ?? "",
            (Quality)quality,
            DateTimeOffset.FromUnixTimeMilliseconds(milliseconds + delay));

    [Fact]
    public void WhatIsWrittenIsReadAgain() => AnyReading.Array[0, 40].Sample(readings =>
        Assert.Equal(readings, Senml.Read(Samples.Pack(readings).Span)));

    [Fact]
    public void PacksJoinedEndToEndMeanTheSame() => Gen.Select(AnyReading.Array[0, 20], AnyReading.Array[0, 20]).Sample((one, two) =>
    {
        var message = Batch.Encode("gw", "s", new SequenceRange(1, 2), Samples.Time, "unknown", [], [Samples.Pack(one), Samples.Pack(two)]);

        Assert.Equal([.. one, .. two], Batch.Decode(message).Readings);
    });

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void AValueThatIsNotFiniteIsNeverWritten(double value) => Assert.Throws<ArgumentException>(() =>
        Senml.Write(new ArrayBufferWriter<byte>(), [Samples.Reading("a", Metrics.Co2, value)]));

    [Fact]
    public void BaseValuesHoldUntilTheNextAsRfc8428Says()
    {
        var readings = Senml.Read("""
            [{"bn":"urn:dev:mac:1/","bt":1624061764,"n":"co2","u":"ppm","v":400,"t":-5},{"n":"tvoc","u":"ppb","v":7},
             {"bn":"b/","n":"co2","u":"ppm","v":1}]
            """u8);

        Assert.Equal(["urn:dev:mac:1", "urn:dev:mac:1", "b"], readings.Select(r => r.Device.ToString()));
        Assert.Equal([-5, 0, 0], readings.Select(r => (r.Time - Samples.Time).TotalSeconds));
    }
}
