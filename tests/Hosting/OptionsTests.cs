using IotGateway.Hosting.Configuration;
using Microsoft.Extensions.Configuration;

namespace IotGateway.Hosting.Tests;

/// <summary>The generated binder refuses by name all that the reflecting one does.</summary>
public sealed class OptionsTests
{
    [Fact]
    public void ListsDictionariesAndNestedSectionsAreBound()
    {
        var some = Read(
            ("Names:0", "a"), ("Names:1", "b"), ("Ports:tls", "8883"), ("Inner:0:Share", "0.5"), ("Kind", "second"), ("Wait", "00:00:02"));

        Assert.Equal(["a", "b"], some.Names);
        Assert.Equal(8883, some.Ports["tls"]);
        Assert.Equal(0.5, Assert.Single(some.Inner).Share);
        Assert.Equal(SomeKind.Second, some.Kind);
        Assert.Equal(TimeSpan.FromSeconds(2), some.Wait);
        Assert.Equal(7, some.Count);
    }

    [Theory]
    [InlineData("Count", "many", "Some:Count")]
    [InlineData("Ports:tls", "none", "Some:Ports:tls")]
    [InlineData("Inner:0:Share", "half", "Some:Inner:0:Share")]
    [InlineData("Kind", "third", "Some:Kind")]
    [InlineData("Cuont", "1", "Cuont")]
    [InlineData("Inner:0:Shere", "1", "Shere")]
    public void AMistakeIsNamedByItsKey(string key, string value, string named)
    {
        var error = Assert.Throws<ConfigurationException>(() => Read((key, value)));

        Assert.StartsWith("Section Some: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnAbsentSectionHasTheDefaults() => Assert.Equal(7, Read().Count);

    [Fact]
    public void ACheckNamesKeyValueAndWhatIsRight()
    {
        Assert.Equal(
            "Sources:0:Port is '70000'; expected 1 to 65535.",
            Assert.Throws<ConfigurationException>(() => Options.Check(new ValueRange(1, 65_535), "Sources:0:Port", 70_000)).Message);
        Assert.Equal(
            "Some:Share is 'NaN'; expected 0.05 to 0.95.",
            Assert.Throws<ConfigurationException>(() => Options.Check(new ValueRange(0.05, 0.95), "Some:Share", double.NaN)).Message);
        Options.Check(new ValueRange(1, 65_535), "Sources:0:Port", 65_535);
    }

    private static SomeOptions Read(params (string Key, string Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(v => KeyValuePair.Create("Some:" + v.Key, (string?)v.Value))).Build()
        .Read("Some", s => s.Get<SomeOptions>(Options.Strict));

    internal enum SomeKind
    {
        First,
        Second,
    }

    internal sealed class SomeOptions
    {
        public int Count { get; set; } = 7;

        public List<string> Names { get; set; } = [];

        public Dictionary<string, int> Ports { get; set; } = [];

        public List<InnerOptions> Inner { get; set; } = [];

        public SomeKind Kind { get; set; }

        public TimeSpan Wait { get; set; }
    }

    internal sealed class InnerOptions
    {
        public double Share { get; set; }
    }
}
