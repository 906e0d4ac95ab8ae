using IotGateway.Cloud.Sites;
using IotGateway.Hosting.Configuration;
using IotGateway.Telemetry;
using Microsoft.Extensions.Configuration;

namespace IotGateway.Cloud.Tests.Sites;

public sealed class ApiaryTests
{
    [Fact]
    public void FindsHivesByIdAndByDevice()
    {
        var apiary = Apiary.From(Some.Apiary());

        Assert.Same(apiary.FindHive("hive-1"), apiary.Find(DeviceId.Parse("a1")));
        Assert.Equal("hive-2", apiary.FindHive("hive-2")!.Name);
        Assert.Null(apiary.FindHive("hive-9"));
        Assert.Null(apiary.Find(DeviceId.Parse("A1")));
    }

    [Theory]
    [InlineData("Sites:0:Id", "Mont Real", "Apiary:Sites:0:Id is 'Mont Real'; expected")]
    [InlineData("Sites:1:Latitude", "91", "Apiary:Sites:1:Latitude is '91'; expected")]
    [InlineData("Sites:0:Longitude", "NaN", "Apiary:Sites:0:Longitude is 'NaN'; expected")]
    [InlineData("Sites:0:TimeZone", "Mars/Olympus", "Apiary:Sites:0:TimeZone is 'Mars/Olympus'; expected an IANA")]
    [InlineData("Sites:1:Id", "montreal", "Apiary:Sites:1:Id is 'montreal', which an earlier site has")]
    [InlineData("Hives:1:Site", "paris", "Apiary:Hives:1:Site is 'paris'; expected one of the sites montreal, garden")]
    [InlineData("Hives:0:Device", "a/1", "Apiary:Hives:0:Device is 'a/1'; expected")]
    [InlineData("Hives:1:Device", "a1", "Apiary:Hives:1 ('hive-2', device 'a1') shares its id or device")]
    [InlineData("Hives:1:Devices:0:Device", "b1", "Apiary:Hives:1:Device is 'a2'; expected none beside Devices")]
    [InlineData("Hives:2:Devices:0:Device", "b/1", "Apiary:Hives:2:Devices:0:Device is 'b/1'; expected")]
    [InlineData("Hives:2:Devices:1:Device", "b1", "Apiary:Hives:2:Devices:1:Device is 'b1'; expected a device once")]
    [InlineData("Hives:2:Devices:0:Metrics:0", "warmth", "Apiary:Hives:2:Devices:0:Metrics:0 is 'warmth'; expected the name of a metric")]
    [InlineData(
        "Hives:2:Devices:1:Metrics:0", "hive_temperature",
        "Apiary:Hives:2:Devices:1:Metrics:0 is 'hive_temperature'; expected a metric that no earlier device")]
    [InlineData("Hives:2:Devices:1:Device", "a1", "Apiary:Hives:2 ('hive-3', device 'b1', 'a1') shares its id or device")]
    public void NamesTheKeyTheValueAndWhatWasExpected(string key, string value, string message)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(Some.Configuration)
            .AddInMemoryCollection(key.StartsWith("Hives:2", StringComparison.Ordinal) ? Some.TwoDevices : [])
            .AddInMemoryCollection([new($"Apiary:{key}", value)]).Build();

        var error = Assert.Throws<ConfigurationException>(() => Apiary.From(ApiaryOptions.Read(configuration)));

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sites:0:Latitude", "north")]
    [InlineData("Sites:0:Origin", "Dreamt")]
    [InlineData("Sites:0:Lattitude", "45.5", "Lattitude")]
    public void AValueOfTheWrongFormIsNamedByItsKey(string key, string value, string? expected = null)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(Some.Configuration)
            .AddInMemoryCollection([new($"Apiary:{key}", value)])
            .Build();

        var error = Assert.Throws<ConfigurationException>(() => ApiaryOptions.Read(configuration));

        Assert.Contains(expected ?? $"Apiary:{key}", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected ?? value, error.Message, StringComparison.Ordinal);
    }
}
