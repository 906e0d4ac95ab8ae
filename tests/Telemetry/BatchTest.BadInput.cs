using System.IO.Compression;
using System.Text;
using CsCheck;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Telemetry.Tests;

public class BatchBadInputTests
{
    private const string Head =
        """{"schema":1,"gateway":"gw","stream":"s1","first":1,"last":1,"sent":"2021-06-19T00:16:05+00:00","clock":"unknown","senml":""";

    [Theory]
    [InlineData("", "not_json")]
    [InlineData("null", "not_json")]
    [InlineData("[]", "not_json")]
    [InlineData("{\"schema\":1", "not_json")]
    [InlineData("{\"schema\":1}", "bad_envelope")]
    [InlineData(Head + "null}", "not_json")]
    [InlineData(Head + "[null]}", "bad_record")]
    [InlineData(Head + "[{\"n\":\"co2\",\"v\":1}]}", "bad_record")]
    [InlineData(Head + "[{\"bn\":\"a/\",\"n\":\"co2\"}]}", "bad_record")]
    [InlineData(Head + "[{\"bn\":\"a/\",\"n\":\"CO2!\",\"v\":1}]}", "bad_record")]
    [InlineData(Head + "[{\"bn\":\"a/\",\"n\":\"co2\",\"v\":\"NaN\"}]}", "bad_record")]
    [InlineData(Head + "[{\"bn\":\"a/\",\"n\":\"co2\",\"v\":1e999}]}", "bad_record")]
    [InlineData(Head + "[{\"bn\":\"a/\",\"n\":\"co2\",\"v\":1,\"bt\":1e300}]}", "bad_record")]
    [InlineData(Head + "[{\"bn\":\"a/\",\"n\":\"co2\",\"v\":1,\"q\":65536}]}", "bad_record")]
    [InlineData(Head + "[{\"bn\":\"a/\",\"n\":\"co2\",\"v\":1,\"q\":-1}]}", "bad_record")]
    public void WhatIsNoBatchIsRefusedWithItsReason(string json, string reason)
    {
        var refused = Assert.Throws<BatchFormatException>(() => Batch.Decode(Encoding.UTF8.GetBytes(json)));

        Assert.Equal(reason, refused.Reason);
        Assert.NotEmpty(refused.Message);
    }

    [Theory]
    [InlineData("\"schema\":1", "\"schema\":2", "unknown_schema")]
    [InlineData("\"gw\"", "\"g/w\"", "bad_envelope")]
    [InlineData("\"s1\"", "\"../../etc\"", "bad_envelope")]
    [InlineData("\"first\":1", "\"first\":0", "bad_envelope")]
    [InlineData("\"first\":1", "\"first\":2", "bad_envelope")]
    [InlineData("\"last\":1", "\"last\":281474976710656", "bad_envelope")]
    public void AnEnvelopeThatCannotBeIsRefused(string right, string wrong, string reason)
    {
        var json = (Head + "[]}").Replace(right, wrong, StringComparison.Ordinal);

        Assert.Equal(reason, Assert.Throws<BatchFormatException>(() => Batch.Decode(Encoding.UTF8.GetBytes(json))).Reason);
    }

    [Theory]
    [InlineData("\"contiguous\":3", "\"contiguous\":-1", "bad_range")]
    [InlineData("\"last\":6", "\"last\":4", "bad_range")]
    [InlineData("\"first\":5", "\"first\":0", "bad_range")]
    [InlineData("\"last\":6", "\"last\":9223372036854775807", "bad_range")]
    [InlineData("\"last\":9", "\"last\":7", "bad_range")]
    [InlineData("\"refused\":[", "\"refused\":[null,", "bad_range")]
    [InlineData("\"too_large\"", "null", "not_json")]
    [InlineData("\"stored\":[", "\"stored\":[null,", "not_json")]
    public void AnAnswerThatCannotBeIsRefused(string right, string wrong, string reason)
    {
        const string json =
            """{"stream":"s1","contiguous":3,"stored":[{"first":5,"last":6}],"refused":[{"first":8,"last":9,"reason":"too_large"}]}""";
        Assert.Equal(3, StoredAnswer.Parse(Encoding.UTF8.GetBytes(json)).Contiguous);

        var refused =
            Assert.Throws<BatchFormatException>(() => StoredAnswer.Parse(
                Encoding.UTF8.GetBytes(json.Replace(right, wrong, StringComparison.Ordinal))));

        Assert.Equal(reason, refused.Reason);
    }

    [Fact]
    public void AMessageOverTheLimitIsRefusedUnread() =>
        Assert.Equal("too_large", Assert.Throws<BatchFormatException>(() => Batch.Decode(new byte[Batch.MaxBytes + 1])).Reason);

    [Fact]
    public void AGzipBombIsRefusedBeforeItIsInMemory()
    {
        using var bomb = new MemoryStream();
        using (var gzip = new GZipStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (var i = 0; i < 64; i++)
                gzip.Write(new byte[1024 * 1024]);
        }

        Assert.True(bomb.Length < Batch.MaxBytes);
        Assert.Equal("too_large", Assert.Throws<BatchFormatException>(() => Batch.Decode(bomb.ToArray())).Reason);
    }

    [Fact]
    public void AnythingThatOnlyBeginsLikeGzipIsRefused() =>
        Assert.Equal("not_gzip", Assert.Throws<BatchFormatException>(() => Batch.Decode(new byte[] { 0x1f, 0x8b, 1, 2, 3 })).Reason);

    [Fact]
    public void NoBytesEverThrowAnythingElse()
    {
        Gen.Byte.Array[0, 200].Sample(bytes =>
        {
            try
            {
                Batch.Decode(bytes);
            }
            catch (BatchFormatException)
            {
                // The only failure there may be.
            }
        });
    }
}
