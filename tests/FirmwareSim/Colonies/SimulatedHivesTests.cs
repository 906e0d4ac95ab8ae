using System.Globalization;
using System.Text.Json;
using IotGateway.FirmwareSim.Colonies;
using IotGateway.FirmwareSim.Nodes;
using IotGateway.FirmwareSim.Recorded;

namespace IotGateway.FirmwareSim.Tests.Colonies;

public sealed class SimulatedHivesTests : IDisposable
{
    private static readonly WeatherRecording Weather = WeatherRecording.Read(Path.Combine(AppContext.BaseDirectory, "recordings"));
    private static readonly DateTimeOffset July = Utc("2021-07-01T05:00:00Z");
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void NodesAreLabelledSyntheticAndTheirFramesFitThePayload()
    {
        var hive = Assert.Single(SimulatedHives.Of(1, 1, Weather, July, July.AddDays(3)));
        Assert.Equal(("0004a30b00800001", "colony-1", "synthetic"), (hive.Node.DevEui.Hex, hive.Node.Name, hive.Node.Origin));
        var measured = hive.Source.Measurements.ToList();
        Assert.Equal((3 * 96, 3 * 96), (measured.Count, hive.Source.Count));
        Assert.All(measured, m => PayloadEncoder.Encode((uint)m.Time.ToUnixTimeSeconds(), m.Values));
    }

    /// <summary>A day's frames give back what the colony's sensors told of it, so that a filter may be asked of them.</summary>
    [Fact]
    public void ADaysFramesSayWhatItsSensorsTold()
    {
        var hive = SimulatedHives.Of(2, 3, Weather, July, July.AddDays(4))[1];
        var frames = hive.Source.Measurements.ToList();
        foreach (var day in hive.Days.Where(d => d.Date >= new DateOnly(2021, 7, 1) && d.Date <= new DateOnly(2021, 7, 3)))
        {
            var begin = OutsideDays.Midnight(day.Date);
            var own = frames.Where(f => f.Time >= begin && f.Time < begin.AddDays(1)).ToList();
            var outside = own.Select(f => Weather.At(f.Time).TemperatureCelsius).ToList();
            var nest = own.Select(f => f.Values["hive_temperature"]!.Value).ToList();
            Assert.Equal(day.Readings[0], Deviation(nest) / Deviation(outside), 6);
            Assert.Equal(day.Readings[1], own.Sum(f => f.Values["bees_out"]!.Value), 0.01 * day.Readings[1]);
            var next = frames.First(f => f.Time == begin.AddDays(1)).Values["weight"]!.Value;
            Assert.Equal(day.Readings[4], next - own[0].Values["weight"]!.Value, 6);
        }
    }

    [Fact]
    public void TheTruthStandsInAFileALineADay()
    {
        var options = TestOptions.Create() with { Colonies = 2, TruthFile = _file };
        var script = FieldSources.Open(options);
        Assert.Equal(2, script.Sources.Count(s => s.Node.Origin == "synthetic"));
        var lines = File.ReadAllLines(_file).Select(l => JsonDocument.Parse(l).RootElement).ToList();

        // From 1 May to 3 July, by the place's standard time.
        Assert.Equal(2 * 64, lines.Count);
        Assert.All(lines, l => Assert.Equal("synthetic", l.GetProperty("origin").GetString()));
        Assert.Equal("2021-05-01", lines[0].GetProperty("date").GetString());
        Assert.InRange(lines[0].GetProperty("bees").GetDouble(), 3_000, 40_000);
        Assert.Equal(2 * 3, lines.Count(l => l.TryGetProperty("seen", out _)));
        FieldSources.Open(options with { TruthFile = null, From = July });
    }

    [Fact]
    public void TheSameSeedLivesTheSame()
    {
        static string Lives(int seed) => string.Join(' ', SimulatedHives.Of(2, seed, Weather, July, July.AddDays(1))
            .Select(h => h.Days[^1].Bees.ToString(CultureInfo.InvariantCulture)));
        Assert.Equal(Lives(5), Lives(5));
        Assert.NotEqual(Lives(5), Lives(6));
    }

    [Fact]
    public void ATruthThatCannotBeWrittenIsRefused() => Assert.Contains("--truth", Assert.Throws<FirmwareSim.Options.OptionException>(
        () => FieldSources.Open(TestOptions.Create() with { Colonies = 1, TruthFile = "/nowhere/at/all" })).Message,
        StringComparison.Ordinal);

    private static double Deviation(List<double> values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
    }

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
