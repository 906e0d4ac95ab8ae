using System.IO.Compression;
using System.Text;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Telemetry.Tests;

public class BatchLimitsTests
{
    private const string Head =
        """{"schema":1,"gateway":"gw","stream":"s1","first":1,"last":1,"sent":"2021-06-19T00:16:05+00:00","clock":"unknown",""";

    [Theory]
    [InlineData(BatchLimits.Readings, null)]
    [InlineData(BatchLimits.Readings + 1, "too_many_readings")]
    [InlineData(40_000, "too_many_readings")]
    public void AMessageHoldsSoManyReadings(int readings, string? reason) =>
        Expect(reason, Records(readings, i => i == 0 ? """{"bn":"a/","n":"co2","v":1}""" : """{"n":"co2","v":1}"""));

    [Theory]
    [InlineData(BatchLimits.Devices, null)]
    [InlineData(BatchLimits.Devices + 1, "too_many_devices")]
    public void AMessageHoldsSoManyDevices(int devices, string? reason) =>
        Expect(reason, Records(devices, i => $$"""{"bn":"d{{i}}/","n":"co2","v":1}"""));

    [Theory]
    [InlineData(BatchLimits.Days, null)]
    [InlineData(BatchLimits.Days + 1, "too_many_days")]
    public void AMessageSpansSoManyDays(int days, string? reason) =>
        Expect(reason, Records(days, i => $$"""{"bn":"a/","bt":{{1_600_000_000 + (i * 86_400)}},"n":"co2","v":1}"""));

    [Theory]
    [InlineData(10, null)]
    [InlineData(11, "too_many_days")]
    public void AMessageHoldsSoManyDevicesTimesDays(int days, string? reason) =>
        Expect(reason, Records(
            days * 200, i => $$"""{"bn":"d{{i % 200}}/","bt":{{1_600_000_000 + (i / 200 * 86_400)}},"n":"co2","v":1}"""));

    [Theory]
    [InlineData(BatchLimits.UnknownMetrics, null)]
    [InlineData(BatchLimits.UnknownMetrics + 1, "too_many_metrics")]
    public void ADeviceHasSoManyMetricsThatNobodyKnows(int metrics, string? reason) =>
        Expect(reason, Records(metrics, i => $$"""{"bn":"a/","n":"m{{i}}","v":1}"""));

    [Theory]
    [InlineData(BatchLimits.UnitLength, null)]
    [InlineData(BatchLimits.UnitLength + 1, "unit_too_long")]
    [InlineData(900_000, "unit_too_long")]
    public void AUnitIsSoLong(int length, string? reason) =>
        Expect(reason, Records(1, _ => $$"""{"bn":"a/","n":"m","v":1,"u":"{{new string('x', length)}}"}"""));

    [Theory]
    [InlineData(100, 64, null)]
    [InlineData(101, 1, "too_many_gaps")]
    [InlineData(1, 65, "bad_gap")]
    [InlineData(1, 0, "bad_gap")]
    [InlineData(5, 190_000, "bad_gap")]
    public void GapsAreSoManyAndTheirCausesSoLong(int gaps, int length, string? reason)
    {
        var gap = $$"""{"first":1,"last":1,"readings":1,"cause":"{{new string('c', length)}}"}""";
        Expect(reason, "\"senml\":[],\"gaps\":[" + string.Join(',', Enumerable.Repeat(gap, gaps)) + "]}");
    }

    [Theory]
    [InlineData("\"readings\":1", "\"readings\":-1")]
    [InlineData("\"first\":1", "\"first\":0")]
    [InlineData("\"last\":1", "\"last\":9223372036854775807")]
    [InlineData("\"cause\":\"c\"", "\"cause\":\"c\",\"stream\":\"../x\"")]
    [InlineData("{\"first\":1,\"last\":1,\"readings\":1,\"cause\":\"c\"}", "null")]
    public void AGapThatCannotBeIsRefused(string right, string wrong)
    {
        var gap = """{"first":1,"last":1,"readings":1,"cause":"c"}""";
        Expect(null, $"\"senml\":[],\"gaps\":[{gap}]}}");
        Expect("bad_gap", $"\"senml\":[],\"gaps\":[{gap.Replace(right, wrong, StringComparison.Ordinal)}]}}");
    }

    private static string Records(int count, Func<int, string> record) =>
        "\"senml\":[" + string.Join(',', Enumerable.Range(0, count).Select(record)) + "]}";

    private static void Expect(string? reason, string rest)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(Head + rest));
        string? refused = null;
        try
        {
            Batch.Decode(packed.ToArray());
        }
        catch (BatchFormatException e)
        {
            refused = e.Reason;
        }

        Assert.Equal(reason, refused);
    }
}
