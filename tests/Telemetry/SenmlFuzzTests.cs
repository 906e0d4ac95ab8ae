using System.Text;
using IotGateway.Telemetry.Wire;
using IotGateway.Tests.Services;

namespace IotGateway.Telemetry.Tests;

/// <summary>The readers of packs and messages under mutated ones: nothing but their own refusal, and nothing read that cannot be.</summary>
public class SenmlFuzzTests
{
    private static readonly string[] Messages =
    [
        .. new[]
        {
            "batch.v1.json", "senml-base-record-alone.json", "senml-base-value-and-unit.json", "senml-order-and-bases.json",
            "senml-relative-time.json", "senml-sum.json", "senml-text-beside-numbers.json",
        }.Select(name => Encoding.UTF8.GetString(Samples.Golden(name))),
    ];

    private static readonly string[] Packs =
    [
        .. Messages.Select(m => m[(m.IndexOf("\"senml\":", StringComparison.Ordinal) + 8)..^1].TrimEnd('}')),
    ];

    [Fact]
    public void APackIsReadOrRefusedByItsReason() => FuzzShare.Read(Mutations.Of(Packs), 200_000, 2_000, bytes =>
    {
        try
        {
            Assert.All(Senml.Read(bytes, Samples.Time), CanBe);
        }
        catch (BatchFormatException refused)
        {
            Assert.Matches("^[a-z0-9_]+$", refused.Reason);
        }
    });

    [Fact]
    public void AMessageIsReadOrRefusedByItsReason() => FuzzShare.Read(Mutations.Of(Messages), 200_000, 2_000, bytes =>
    {
        try
        {
            Assert.All(Batch.Decode(bytes).Readings, CanBe);
        }
        catch (BatchFormatException refused)
        {
            Assert.Matches("^[a-z0-9_]+$", refused.Reason);
        }
    });

    /// <summary>A reading as the rest of the program may expect it: it can be written again.</summary>
    private static void CanBe(Reading reading)
    {
        Assert.True(double.IsFinite(reading.Value) && Metric.IsName(reading.Metric) && DeviceId.TryParse(reading.Device.ToString(), out _));
        Assert.NotNull(reading.Unit);
        Assert.Equal(reading.Time, Assert.Single(Senml.Read(Samples.Pack(reading).Span)).Time);
    }
}
