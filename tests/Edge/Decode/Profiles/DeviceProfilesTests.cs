using IotGateway.Edge.Decode;
using IotGateway.Edge.Decode.Profiles;
using IotGateway.Hosting.Configuration;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Tests.Decode.Profiles;

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
        Assert.Contains(
            key, Assert.Throws<IotGateway.Hosting.Configuration.ConfigurationException>(() => Profiles((eui, profile))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void TheHiveNodesCarbonDioxideIsSpecifiedTo5000Ppm()
    {
        var sample = Assert.Single(KnownProfiles.Find("hive-node")!.Read(10, Convert.FromHexString("01" + "00000000" + "0010" + "1389")));

        Assert.Equal([new Measured(Metrics.Co2, 5001, "ppm", SpecifiedTo: 5000)], sample.Values);
    }

    [Fact]
    public void APathIsItsProfilesMetricOrItsOwnName()
    {
        var profile = new DeviceProfile(
            "scales", Codec("w1", "w2", "hive_temperature", "propolis"),
            [new("w1", Metrics.Weight, "kg"), new("w2", Metrics.Weight, "kg", "2")]);

        Assert.Equal(
            [new("weight", 1, "kg"), new("weight", 2, "kg", "2"), new("hive_temperature", 3, "Cel"), new("propolis", 4, "")],
            Assert.Single(profile.Read(1, [])).Values);
    }

    [Fact]
    public void APathThatCanBeNoMetricsNameIsRefused() =>
        Assert.Equal(
            "bad_path", Assert.Throws<RefusedException>(() => new DeviceProfile("p", Codec("weight (kg)"), []).Read(1, [])).Reason);

    private static Codec Codec(params string[] paths) => new(
        "test", (_, _) => [new Decoded(null, [.. paths.Select((p, i) => new Field(p, i + 1))])]);

    private static DeviceProfiles Profiles(params (string Eui, string Profile)[] entries) =>
        new([.. entries.Select(e => new DeviceOptions { Eui = e.Eui, Profile = e.Profile })]);
}
