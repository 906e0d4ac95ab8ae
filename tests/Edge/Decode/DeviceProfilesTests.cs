using IotGateway.Edge.Decode;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Tests.Decode;

public class DeviceProfilesTests
{
    private static readonly DeviceId Node = DeviceId.Parse("0004a30b00003627");

    [Theory]
    [InlineData("0004a30b00003627")]
    [InlineData("0004A30B00003627")]
    [InlineData("0004a30b*")]
    [InlineData("*")]
    public void ANodeHasTheProfileOfTheEntryThatCoversIt(string eui) => Assert.NotNull(Profiles((eui, "hive-node")).For(Node));

    [Theory]
    [InlineData("0004a30b00003628")]
    [InlineData("0004a30c*")]
    public void ANodeThatNoEntryCoversIsRefused(string eui) =>
        Assert.Equal("unknown_device", Assert.Throws<RefusedException>(() => Profiles((eui, "hive-node")).For(Node)).Reason);

    [Theory]
    [InlineData("0004a30b", "hive-node", "Devices:0:Eui")]
    [InlineData("xyz*", "hive-node", "Devices:0:Eui")]
    [InlineData("0004a30b00003627", "beehive", "Devices:0:Profile")]
    public void AWrongEntryIsNamedAtStart(string eui, string profile, string key) =>
        Assert.Contains(key, Assert.Throws<FormatException>(() => Profiles((eui, profile))).Message, StringComparison.Ordinal);

    private static DeviceProfiles Profiles(params (string Eui, string Profile)[] entries) =>
        new([.. entries.Select(e => new DeviceOptions { Eui = e.Eui, Profile = e.Profile })]);
}
