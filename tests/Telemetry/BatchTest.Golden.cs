using System.Text;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Telemetry.Tests;

public class BatchGoldenTests
{
    private static readonly DateTimeOffset Sent = new(2021, 6, 19, 0, 16, 5, TimeSpan.Zero);

    [Fact]
    public void EveryByteOfVersion1IsFixed()
    {
        var first = Samples.Pack(
            Samples.Reading("0004a30b00003627", Metrics.HiveTemperature, 28.83),
            Samples.Reading("0004a30b00003627", Metrics.HiveHumidity, 43.63));
        var second = Samples.Pack(
            Samples.Reading("0004a30b00003629", Metrics.Co2, 6200, Quality.OutsideSpecification | Quality.NetworkTime, afterSeconds: 7),
            Samples.Reading("0004a30b00003629", "propolis", 3, Quality.UnknownMetric, afterSeconds: 8));

        var message = Batch.Encode(
            "gw-demo", "k3f9", new SequenceRange(12, 13), Sent, "unknown", [new Gap(3, 4, 512, "thinned")], [first, second]);

        Assert.Equal(Encoding.UTF8.GetString(Samples.Golden("batch.v1.json")).TrimEnd('\n'), Encoding.UTF8.GetString(Plain(message)));
    }

    [Fact]
    public void Version1IsStillRead()
    {
        var batch = Batch.Decode(Samples.Golden("batch.v1.json"));

        Assert.Equal("gw-demo", batch.Gateway);
        Assert.Equal("k3f9", batch.Stream);
        Assert.Equal((12L, 13L), (batch.First, batch.Last));
        Assert.Equal(Sent, batch.Sent);
        Assert.Equal([new Gap(3, 4, 512, "thinned")], batch.Gaps);
        Assert.Equal(
            [
                Samples.Reading("0004a30b00003627", Metrics.HiveTemperature, 28.83),
                Samples.Reading("0004a30b00003627", Metrics.HiveHumidity, 43.63),
                Samples.Reading("0004a30b00003629", Metrics.Co2, 6200, Quality.OutsideSpecification | Quality.NetworkTime, afterSeconds: 7),
                Samples.Reading("0004a30b00003629", "propolis", 3, Quality.UnknownMetric, afterSeconds: 8),
            ],
            batch.Readings);
    }

    [Fact]
    public void TheAnswerIsFixed()
    {
        var answer = new StoredAnswer("k3f9", 13, [new SequenceRange(12, 13)], [new Refusal(14, 14, "bad_record")]);

        Assert.Equal(Encoding.UTF8.GetString(Samples.Golden("stored.v1.json")).TrimEnd('\n'), Encoding.UTF8.GetString(answer.ToJson()));
        var read = StoredAnswer.Parse(Samples.Golden("stored.v1.json"));
        Assert.Equal(answer.Contiguous, read.Contiguous);
        Assert.Equal(answer.Stored, read.Stored);
        Assert.Equal(answer.Refused, read.Refused);
    }

    [Fact]
    public void TheStatusOfAnIdleGatewayIsReadAgain()
    {
        var status = new GatewayStatus(
            "gw", Sent, "1.0.0", Sent, 0, 0, null, 0, new Dictionary<string, string>(), new Dictionary<string, long>());

        Assert.Null(GatewayStatus.Parse(status.ToJson()).OldestBuffered);
    }

    private static byte[] Plain(byte[] message)
    {
        if (message is not [0x1f, 0x8b, ..])
            return message;
        using var gzip = new System.IO.Compression.GZipStream(new MemoryStream(message), System.IO.Compression.CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        return plain.ToArray();
    }
}
