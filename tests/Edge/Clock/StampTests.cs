using System.Text;
using IotGateway.Edge.Clock;
using IotGateway.Edge.Packs;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Edge.Tests.Clock;

public class StampTests
{
    /// <summary>Packs of this form lie in buffers and dead letters of gateways in the field: it is only ever added to.</summary>
    private const string Golden =
        """[{"boot":"5eb5d6be-fd8a-4a56-b367-989460bec41f","zero":1000,"wait":true,"bn":"gw.bme280-0/","bt":61"""
        + ""","brt":61,"n":"hive_temperature","u":"Cel","v":34.5,"q":96}]""";

    private static readonly Stamp First = new("5eb5d6be-fd8a-4a56-b367-989460bec41f", DateTimeOffset.UnixEpoch.AddSeconds(1), true);

    private static readonly Reading ByTheGateway = new(
        DeviceId.Parse("gw.bme280-0"), Metrics.HiveTemperature, DateTimeOffset.UnixEpoch.AddSeconds(61), 34.5, "Cel",
        Quality.GatewayTime | Quality.ClockUnsure, DateTimeOffset.UnixEpoch.AddSeconds(61));

    [Fact]
    public void EveryByteOfAStampedPackIsFixed() =>
        Assert.Equal(Golden, Encoding.UTF8.GetString(StampedPack.Write(First, [ByTheGateway]).Span));

    [Fact]
    public void AStampedPackIsStillRead()
    {
        var pack = Encoding.UTF8.GetBytes(Golden);

        Assert.Equal(First, StampedPack.StampOf(pack));
        Assert.Equal([ByTheGateway], Senml.Read(pack));
    }

    [Theory]
    [InlineData("""[{"bn":"a/","bt":1,"brt":1,"n":"co2","v":1}]""")]
    [InlineData("[]")]
    [InlineData("")]
    public void APackWithoutAStampHasNone(string pack) => Assert.Null(StampedPack.StampOf(Encoding.UTF8.GetBytes(pack)));

    [Theory]
    [InlineData("""[{"boot":5,"zero":1}]""")]
    [InlineData("""[{"boot":"a","zero":"1"}]""")]
    [InlineData("""[{"boot":"a","zero""")]
    public void ADamagedStampIsToldByName(string pack) =>
        Assert.Throws<BatchFormatException>(() => StampedPack.StampOf(Encoding.UTF8.GetBytes(pack)));

    [Fact]
    public void OneShiftPutsThePackRight()
    {
        var zero = new DateTimeOffset(2031, 5, 1, 12, 0, 0, TimeSpan.Zero);
        var measured = zero.AddSeconds(40);
        var byTheDevice = ByTheGateway with { Time = measured, Quality = Quality.OutOfRange };
        var unchecked2106 = ByTheGateway with { Time = DateTimeOffset.FromUnixTimeSeconds(uint.MaxValue), Quality = Quality.ClockUnsure };

        var right = First.Retime([ByTheGateway, byTheDevice, unchecked2106], zero, TimeSpan.FromMinutes(5));

        Assert.All(right, r => Assert.Equal(zero.AddSeconds(60), r.Received));
        Assert.Equal([zero.AddSeconds(60), measured, zero.AddSeconds(60)], right.Select(r => r.Time));
        Assert.Equal(
            [Quality.GatewayTime | Quality.Retimed, Quality.OutOfRange, Quality.FutureTime | Quality.GatewayTime | Quality.Retimed],
            right.Select(r => r.Quality));
    }
}
