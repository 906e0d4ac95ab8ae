using System.Globalization;
using IotGateway.FirmwareSim.Nodes;
using IotGateway.FirmwareSim.Recorded;
using IotGateway.FirmwareSim.Synthetic;
using Xunit;

namespace IotGateway.FirmwareSim.Tests.Synthetic;

public sealed class SyntheticHivesTests
{
    private static readonly WeatherRecording Weather = WeatherRecording.Read(Path.Combine(AppContext.BaseDirectory, "recordings"));
    private static readonly DateTimeOffset June19 = Utc("2021-06-19T00:00:00Z");
    private static readonly DateTimeOffset November1 = Utc("2021-11-01T00:00:00Z");

    [Fact]
    public void EveryFieldIsMeasuredAndFitsThePayloadAllSeason()
    {
        foreach (var number in Enumerable.Range(1, 5))
        {
            var source = SyntheticHives.Source(number, 1, Weather, June19, November1);
            var count = 0;
            foreach (var measurement in source.Measurements)
            {
                Assert.Equal(43, PayloadEncoder.Encode((uint)measurement.Time.ToUnixTimeSeconds(), measurement.Values).Length);
                Assert.All(measurement.Values, v => Assert.NotNull(v.Value));
                count++;
            }

            Assert.Equal(source.Count, count);
            Assert.InRange(count, 12_950, 12_970); // 135 days of 96 quarters of hours
        }
    }

    [Fact]
    public void NodesAreLabelledSynthetic()
    {
        var node = SyntheticHives.Source(12, 1, Weather, June19, November1).Node;

        Assert.Equal(("0004a30b00900012", "synthetic-12", "synthetic"), (node.DevEui.Hex, node.Name, node.Origin));
        Assert.Equal(16, node.DevEui.Hex.Length);
    }

    [Fact]
    public void TheFirstHiveSwarmsOnTheFourthOfJuly()
    {
        var before = At(1, "2021-07-04T18:00:00Z");
        var after = At(1, "2021-07-04T18:31:00Z");

        Assert.InRange(before["weight"] - after["weight"], 2.5, 4);
        Assert.InRange(before["brood_temperature"] - after["brood_temperature"], 1, 3);
        Assert.True(before["sound_500_600"] > At(1, "2021-07-04T15:00:00Z")["sound_500_600"] + 5);
        Assert.True(At(1, "2021-07-04T18:30:00Z")["bees_out"] > 9_000);
    }

    [Fact]
    public void TheOthersDoNot() =>
        Assert.InRange(At(2, "2021-07-04T18:00:00Z")["weight"] - At(2, "2021-07-04T18:31:00Z")["weight"], -0.5, 0.5);

    [Fact]
    public void ASpanElsewhereDrawsTheSameMeasurements()
    {
        var all = SyntheticHives.Source(3, 1, Weather, June19, November1).Measurements
            .Where(m => m.Time >= Utc("2021-08-01T00:00:00Z"))
            .Take(20);
        var part = SyntheticHives.Source(3, 1, Weather, Utc("2021-08-01T00:00:00Z"), November1).Measurements.Take(20);

        Assert.Equal(all.Select(m => (m.Time, m.Values["weight"])), part.Select(m => (m.Time, m.Values["weight"])));
    }

    [Fact]
    public void BeesStayAtHomeAtNight()
    {
        Assert.Equal(0, At(2, "2021-07-10T05:00:00Z")["bees_out"]);
        Assert.True(At(2, "2021-07-10T17:00:00Z")["bees_out"] > 100);
    }

    private static Dictionary<string, double> At(int number, string time) =>
        new ColonyModel(1, DevEui.OfSynthetic(number), Weather, number == 1 ? Swarm.OfFirstHive : null)
            .At(Utc(time)).Values.ToDictionary(v => v.Key, v => v.Value!.Value);

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
