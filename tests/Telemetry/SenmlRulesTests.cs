using System.Text;
using IotGateway.Telemetry.Wire;
using IotGateway.Telemetry.Wire.Records;

namespace IotGateway.Telemetry.Tests;

/// <summary>RFC 8428, §§4.1 to 4.6, sentence by sentence; the golden packs are what others' senders write.</summary>
public class SenmlRulesTests
{
    private const string Now = "2026-11-29T08:05:00";

    [Fact]
    public void ABaseValueIsAddedAndABaseUnitHoldsWhereThereIsNone() => Assert.Equal(
        [
            "0004a30b00e50001 hive_temperature 34.5 Cel 2026-11-29T08:00:00",
            "0004a30b00e50001 brood_temperature 35 Cel 2026-11-29T08:00:00",
            "0004a30b00e50001 hive_humidity 55 %RH 2026-11-29T08:00:00",
        ],
        Golden("senml-base-value-and-unit.json"));

    [Fact]
    public void ARelativeTimeIsCountedFromWhenTheGatewayReceivedIt() => Assert.Equal(
        [
            "0004a30b00e50002 hive_temperature 34.1 Cel 2026-11-29T08:00:01",
            "0004a30b00e50002 hive_humidity 55 %RH 2026-11-29T07:59:56",
        ],
        Golden("senml-relative-time.json"));

    [Fact]
    public void ARecordOfBasesAloneIsNoReading() => Assert.Equal(
        [
            "0004a30b00e50004 hive_temperature 34.2 Cel 2026-11-29T08:00:00",
            "0004a30b00e50004 hive_humidity 56 %RH 2026-11-29T08:00:00",
        ],
        Golden("senml-base-record-alone.json"));

    [Fact]
    public void TextsTruthValuesAndBytesAreKeptOutAndCounted()
    {
        var batch = Batch.Decode(Samples.Golden("senml-text-beside-numbers.json"));

        Assert.Equal([34.3, 57], batch.Readings.Select(r => r.Value));
        Assert.Equal([("text", 1), ("boolean", 1), ("data", 1)], batch.Others.ByKind());
    }

    [Fact]
    public void ASumWithoutAValueIsNoReading()
    {
        var batch = Batch.Decode(Samples.Golden("senml-sum.json"));

        Assert.Equal((34.4, "hive_temperature"), (Assert.Single(batch.Readings).Value, batch.Readings[0].Metric));
        Assert.Equal(new OtherRecords(0, 0, 0, Sum: 1), batch.Others);
    }

    [Fact]
    public void BasesHoldInTheirOrderWhateverTheOrderOfLabels() => Assert.Equal(
        [
            "0004a30b00e50008 hive_temperature 34.9 Cel 2026-11-29T08:10:00",
            "0004a30b00e50008 hive_temperature 34.7 Cel 2026-11-29T08:00:00",
            "0004a30b00e50008 hive_temperature 34.5 Cel 2026-11-29T07:50:00",
            "0004a30b00e50088 hive_temperature 33 Cel 2026-11-29T08:00:00",
            "0004a30b00e50088 hive_humidity 50 %RH 2026-11-29T08:00:00",
        ],
        Golden("senml-order-and-bases.json"));

    [Theory]
    [InlineData("""{"v":1,"n":"co2","bu":"ppm","bt":1795939200,"bn":"a/"}""", "a co2 1 ppm 2026-11-29T08:00:00")]
    [InlineData("""{"bn":"a/","bt":1795939200,"n":"co2","v":1},{"bu":"ppb"},{"n":"tvoc","v":2}""", "a tvoc 2 ppb 2026-11-29T08:00:00")]
    [InlineData("""{"bn":"a/","bu":"Cel","bt":1795939200},{"n":"co2","u":"","v":2}""", "a co2 2  2026-11-29T08:00:00")]
    [InlineData("""{"bn":"a/","bt":1795939200,"bv":400},{"n":"co2","u":"ppm"}""", "a co2 400 ppm 2026-11-29T08:00:00")]
    [InlineData("""{"bn":"a/","bt":1795939200,"bv":400},{"bv":-1,"n":"co2","v":0.5}""", "a co2 -0.5  2026-11-29T08:00:00")]
    [InlineData("""{"bn":"a/co","bt":1795939200,"n":"2","v":1}""", "a co2 1  2026-11-29T08:00:00")]
    [InlineData("""{"bn":"a/co2","bt":1795939200,"v":1}""", "a co2 1  2026-11-29T08:00:00")]
    [InlineData("""{"bver":10,"bn":"a/","n":"co2","v":1,"s":7,"ut":60,"l":"<x>","x":{"y":[1]}}""", "a co2 1  2026-11-29T08:05:00")]
    [InlineData("""{"bn":"a/","n":"co2","v":1,"t":268435455}""", "a co2 1  2035-06-02T05:29:15")]
    [InlineData("""{"bn":"a/","n":"co2","v":1,"t":268435456}""", "a co2 1  1978-07-04T21:24:16")]
    [InlineData("""{"bn":"a/","n":"co2","v":1,"bt":1795939260,"t":-60}""", "a co2 1  2026-11-29T08:00:00")]
    [InlineData("""{"bn":"a/","n":"co2","v":1,"bt":-1e9,"t":0}""", "a co2 1  1995-03-23T06:18:20")]
    [InlineData("""{"bn":"a/","n":"co2","v":1,"bt":-60,"brt":1795939200}""", "a co2 1  2026-11-29T07:59:00")]
    [InlineData("""{"\u0062n":"a/","n":"co2","\u0076":1,"x\u002D":2}""", "a co2 1  2026-11-29T08:05:00")]
    public void ARecordIsResolved(string records, string last) => Assert.Equal(last, Read(records)[^1]);

    [Theory]
    [InlineData("""{"bn":"a/","n":"co2","v":1,"vs":"x"}""", "bad_record")]
    [InlineData("""{"bn":"a/","n":"co2","v":1,"v":2}""", "bad_record")]
    [InlineData("""{"bn":"a/","n":"co2","v":1,"q":1.5}""", "bad_record")]
    [InlineData("""{"bn":"a/","n":"co2","bu":"ppm"}""", "bad_record")]
    [InlineData("""{"bn":"a/","n":"co2","bv":1e308,"v":1e308}""", "bad_record")]
    [InlineData("""{}""", "bad_record")]
    [InlineData("""{"x":1}""", "bad_record")]
    [InlineData("""{"bn":"a/","n":"co2","v":1,"must_":1}""", "unknown_label")]
    [InlineData("""{"bn":"a/","n":"co2","v":1,"must\u005f":1}""", "unknown_label")]
    [InlineData("""{"bn":"a/","n":"note","vs":"x","_":1}""", "unknown_label")]
    [InlineData("""{"bver":11,"bn":"a/","n":"co2","v":1}""", "unknown_version")]
    [InlineData("""{"bver":26,"bn":"a/","n":"co2","v":1}""", "unknown_version")]
    [InlineData("""{"bver":0,"bn":"a/","n":"co2","v":1}""", "unknown_version")]
    [InlineData("""{"bver":9.5,"bn":"a/","n":"co2","v":1}""", "unknown_version")]
    [InlineData("""{"bver":5,"bn":"a/","n":"co2","v":1},{"bver":10,"n":"tvoc","v":1}""", "bad_record")]
    [InlineData("""{"bn":"a/","n":"co2","v":1},{"bver":5,"n":"tvoc","v":1}""", "bad_record")]
    public void ARecordThatMeansNothingIsRefused(string records, string reason) =>
        Assert.Equal(reason, Assert.Throws<BatchFormatException>(() => Read(records)).Reason);

    [Fact]
    public void ARelativeTimeNeedsANow()
    {
        var pack = Encoding.UTF8.GetBytes("""[{"bn":"a/","n":"co2","v":1,"t":-5}]""");

        Assert.Equal("bad_record", Assert.Throws<BatchFormatException>(() => Senml.Read(pack)).Reason);
        Assert.Equal(Samples.Time.AddSeconds(-5), Assert.Single(Senml.Read(pack, Samples.Time)).Time);
        Assert.Equal(Samples.Time, Senml.Read(pack, Samples.Time)[0].Received);
    }

    [Fact]
    public void RecordsThatStandAheadOfTheirNowAreReadAllTheSame() => Assert.Equal(
        "a co2 1  2026-11-29T08:04:55",
        Assert.Single(Texts(Batch.Decode(Encoding.UTF8.GetBytes(
            """{"senml":[{"bn":"a/","n":"co2","v":1,"t":-5}],"schema":1,"gateway":"gw","stream":"s","first":1,"last":1,"clock":"unknown","""
            + $"\"sent\":\"{Now}Z\"}}")))));

    [Fact]
    public void ATextThatIsNoTextIsRefusedByName() =>
        Assert.Equal(
            "not_json",
            Assert.Throws<BatchFormatException>(() => Senml.Read("[{\"bn\":\"\\ud800/\",\"n\":\"co2\",\"v\":1}]"u8)).Reason);

    [Theory]
    [InlineData(7, 8)]
    [InlineData(7, 1795939200)]
    [InlineData(-7, 1795939200)]
    [InlineData(268435455, 268435456)]
    [InlineData(268435456, 9)]
    public void TheTimeOfAClockThatWasNeverSetIsReadAsItWasWritten(long time, long received)
    {
        var reading = Samples.Reading("a", Metrics.Co2, 400) with
        {
            Time = DateTimeOffset.FromUnixTimeSeconds(time),
            Received = DateTimeOffset.FromUnixTimeSeconds(received),
        };

        Assert.Equal([reading], Senml.Read(Samples.Pack(reading).Span));
    }

    private static string[] Golden(string name) => Texts(Batch.Decode(Samples.Golden(name)));

    private static string[] Read(string records) => Texts(Batch.Decode(Encoding.UTF8.GetBytes(
        $$"""{"schema":1,"gateway":"gw","stream":"s","first":1,"last":1,"sent":"{{Now}}Z","clock":"unknown","senml":[{{records}}]}""")));

    private static string[] Texts(Batch batch) =>
        [.. batch.Readings.Select(r => FormattableString.Invariant($"{r.Device} {r.Metric} {r.Value} {r.Unit} {r.Time:s}"))];
}
