using System.Text;
using CsCheck;
using IotGateway.Edge.Decode;
using IotGateway.Edge.Decode.Codecs;
using IotGateway.Edge.Decode.Dialects.ChirpStackV4;
using IotGateway.Edge.Packs;
using IotGateway.Edge.Tests.Pipeline;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;
using IotGateway.Tests.Services;

namespace IotGateway.Edge.Tests.Decode;

/// <summary>Readers of outside bytes at the gateway under mutated ones: nothing but their own refusal.</summary>
public sealed class DecodeFuzzTests
{
    private const string Topic = "application/1/device/0004a30b00e00009/event/";

    private static readonly string[] Files =
    [
        "battery-that-is-none", "forms-of-time", "frames-without-payload", "names-tags-objects", "numbers-as-text",
        "payload-still-encrypted", "placeholders-as-values", "unreadable-frames-are-heard",
    ];

    /// <summary>Through decoding as it is composed: what passes the dialect is followed, decoded and checked.</summary>
    [Fact]
    public void AnEventIsTakenOrRefusedByItsReason()
    {
        using var bench = new DecodingBench();
        var events = Files.SelectMany(f => DecodingBench.Events($"chirpstack-{f}.jsonl")).Select(e => e.Json).Where(j => j.Length < 5000);
        var number = 0;
        FuzzShare.Read(Mutations.Of([.. events]), 300_000, 3_000, bytes =>
        {
            var content = ChirpStackV4Dialect.Dialect.ContentOf(Topic + (number++ % 8 == 0 ? "status" : "up"), bytes);
            if (content is Unreadable unreadable)
                Assert.Matches("^[a-z0-9_]+$", unreadable.Reason);
            else
                Assert.All(bench.Take(content, new("", bytes)), r => Assert.True(double.IsFinite(r.Value) && Metric.IsName(r.Metric)));
        });
    }

    [Fact]
    public void APayloadIsReadOrRefusedByItsReason() => FuzzShare.Read(
        Gen.OneOf(
            Mutations.Of(Convert.FromHexString("016B0BDB8000070D7A17700DA2"), Convert.FromHexString("0160CD374400030B43110B")),
            Gen.Select(Gen.Byte.Array[0, 60], Gen.Byte.Array[2]).Select(p => (byte[])[1, 0, 0, 0, 0, .. p.Item2, .. p.Item1])),
        200_000, 3_000, bytes =>
        {
            foreach (var codec in KnownCodecs.All)
            {
                try
                {
                    Assert.All(codec.Read(10, bytes), d => Assert.All(d.Fields, f => Assert.True(Metric.IsName(f.Path))));
                }
                catch (RefusedException refused)
                {
                    Assert.Matches("^[a-z0-9_]+$", refused.Reason);
                }
            }
        });

    [Fact]
    public void APackIsReadOrRefusedByItsReason() => FuzzShare.Read(
        Mutations.Of(
            """[{"boot":"b1","zero":-30000,"wait":true,"bn":"gw.a/","bt":61,"brt":61,"n":"hive_temperature","u":"Cel","v":34.5,"q":96}]""",
            """[{"bn":"0004a30b00003627/","bt":1624061764,"brt":1624061765,"n":"co2","u":"ppm","v":400},{"n":"tvoc","u":"ppb","v":7}]"""),
        200_000, 3_000, bytes =>
        {
            try
            {
                if (StampedPack.StampOf(bytes) is not null)
                    Senml.Read(StampedPack.Strip(bytes).Span);
                Thinner.Thin(bytes, 2, 2);
            }
            catch (BatchFormatException refused)
            {
                Assert.Matches("^[a-z0-9_]+$", refused.Reason);
            }
        });

    [Fact]
    public void AWrittenTimeIsReadOrNone() => FuzzShare.Read(
        Mutations.Of("2026-11-29T09:40:00.123456789012+00:00", "2026-12-31T23:59:60Z", "2026-11-29 09:50:00 +0000 UTC", "1795946400"),
        100_000, 3_000, bytes => WrittenTime.Parse(Encoding.UTF8.GetString(bytes)));
}
