using IotGateway.Edge.Decode;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Tests.Decode;

public class SubDevicesTests
{
    private static readonly DeviceId Node = DeviceId.Parse("0004a30b00003627");

    [Fact]
    public void ASampleWithEachMetricOnceIsAsItWas() => Assert.Equal(["", "", "2"], Parts(("weight", ""), ("co2", ""), ("weight", "2")));

    [Fact]
    public void FurtherValuesOfAMetricAreNumberedParts() =>
        Assert.Equal(["", "2", "", "3", "2"], Parts(("weight", ""), ("weight", ""), ("co2", ""), ("weight", ""), ("co2", "")));

    [Fact]
    public void ANumberNeverTakesTheNameOfAPart() =>
        Assert.Equal(["", "3", "2", "2.2"], Parts(("weight", ""), ("weight", ""), ("weight", "2"), ("weight", "2")));

    [Fact]
    public void APartIsADeviceNamedByItsDevice()
    {
        Assert.Equal(Node, SubDevices.Of(Node, ""));
        Assert.Equal("0004a30b00003627.2", SubDevices.Of(Node, "2").ToString());
    }

    [Fact]
    public void APartWhoseNameWouldBeTooLongIsRefused()
    {
        Measured[] values = [new(Metrics.Weight, 1, "kg"), new(Metrics.Weight, 2, "kg")];

        Assert.Equal(
            "bad_part", Assert.Throws<RefusedException>(() => SubDevices.Separate(DeviceId.Parse(new string('a', 63)), values)).Reason);
    }

    private static string[] Parts(params (string Metric, string Part)[] values) =>
        [.. SubDevices.Separate(Node, [.. values.Select(v => new Measured(v.Metric, 1, "", v.Part))]).Select(v => v.Part)];
}
