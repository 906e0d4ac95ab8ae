using System.Text.Json;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Telemetry.Tests;

public class NamesTests
{
    [Theory]
    [InlineData("0004a30b00003627", true)]
    [InlineData("gw.bme280-0", true)]
    [InlineData("", false)]
    [InlineData("-a", false)]
    [InlineData("a/b", false)]
    [InlineData("a b", false)]
    [InlineData("é", false)]
    public void ADeviceHasTheCharactersOfASenmlName(string text, bool valid) => Assert.Equal(valid, DeviceId.TryParse(text, out _));

    [Fact]
    public void ADeviceHasAtMost64Characters()
    {
        Assert.True(DeviceId.TryParse(new string('a', 64), out _));
        Assert.False(DeviceId.TryParse(new string('a', 65), out _));
        Assert.Contains("64", Assert.Throws<FormatException>(() => DeviceId.Parse(new string('a', 65))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryMetricIsWellFormedAndNamedOnce()
    {
        Assert.All(Metrics.All, m =>
        {
            Assert.True(Metric.IsName(m.Name), m.Name);
            Assert.True(m.Min < m.Max, m.Name);
            Assert.True(m.Resolution > 0, m.Name);
            Assert.Same(m, Metrics.Find(m.Name));
        });
        Assert.Equal(Metrics.All.Count, Metrics.All.Select(m => m.Name).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void TopicsFitAwsIotCore()
    {
        var longest = new string('g', GatewayId.MaxLength);
        Assert.All([Topics.Batch(longest), Topics.Status(longest), Topics.Stored(longest)], topic =>
        {
            Assert.True(topic.Length <= 256);
            Assert.True(topic.Count(c => c == '/') <= 7);
        });
    }

    [Fact]
    public void TheSchemaNamesEveryPropertyOfTheGoldenFile()
    {
        using var schema = JsonDocument.Parse(Batch.JsonSchema());
        using var golden = JsonDocument.Parse(Samples.Golden("batch.v1.json"));
        var properties = schema.RootElement.GetProperty("properties");
        Assert.All(golden.RootElement.EnumerateObject(), p => Assert.True(properties.TryGetProperty(p.Name, out _), p.Name));
        var record = properties.GetProperty("senml").GetProperty("items").GetProperty("properties");
        Assert.All(
            golden.RootElement.GetProperty("senml").EnumerateArray().SelectMany(r => r.EnumerateObject()),
            p => Assert.True(record.TryGetProperty(p.Name, out _), p.Name));
    }
}
