using System.CommandLine;
using System.Text.Json;
using IotGateway.Analyst;
using IotGateway.Science.Fire.Danger;
using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;
using Xunit;

namespace IotGateway.Science.Tests.Analyst;

public sealed class CommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("analyst").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void SpreadWritesAMapAndGeoJson()
    {
        var (weather, result) = (Path.Combine(_folder, "hours.csv"), Path.Combine(_folder, "fire"));
        File.WriteAllText(weather, "hr,temp,rh,ws,wd,prec\n12,25,30,15,270,0\n13,26,28,18,280,0\n");
        var exit = SpreadCommand.Create().Parse(
            [
                "--weather", weather, "--ignite", "50,-115", "--ffmc", "90", "--side", "201", "--members", "10", "--out", result, "--asset",
                "Mill,50.005,-114.99",
            ]).Invoke();
        Assert.Equal(0, exit);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(result + ".png")[..4]);
        using var json = JsonDocument.Parse(File.ReadAllBytes(result + ".geojson"));
        var features = json.RootElement.GetProperty("features").EnumerateArray().ToList();
        Assert.Contains(features, f => f.GetProperty("properties").TryGetProperty("hour", out var hour) && hour.GetDouble() == 2);
        foreach (var ring in features.SelectMany(f => f
            .GetProperty("geometry")
            .GetProperty("coordinates")
            .EnumerateArray()
            .Select(p => p[0])))
        {
            var corners = ring.EnumerateArray().Select(c => new Coordinate(c[0].GetDouble(), c[1].GetDouble())).ToArray();
            Assert.True(Orientation.IsCCW(corners));
            Assert.Equal(corners[0], corners[^1]);
        }
    }

    [Theory]
    [InlineData(180, 1)]
    [InlineData(0, -1)]
    public void OnACalmDayTheFireOfTheGridsRunsUphill(int aspect, int north)
    {
        string Grid(string name, int value)
        {
            var path = Path.Combine(_folder, name + ".asc");
            var row = string.Join(' ', Enumerable.Repeat(value, 121));
            File.WriteAllText(path, "ncols 121\nnrows 121\nxllcorner 498185\nyllcorner 5536816\ncellsize 30\nNODATA_value -9999\n"
                + string.Join('\n', Enumerable.Repeat(row, 121)) + "\n");
            return path;
        }

        var (weather, result) = (Path.Combine(_folder, "hours.csv"), Path.Combine(_folder, "fire"));
        File.WriteAllText(weather, "temp,rh,ws,wd,prec\n25,30,0,270,0\n");
        Assert.Equal(0, SpreadCommand.Create().Parse(
            ["--weather", weather, "--ignite", "50,-117", "--ffmc", "90", "--members", "5", "--out", result, "--epsg", "32611",
             "--fuels", Grid("fuels", 2), "--slope", Grid("slope", 40), "--aspect", Grid("aspect", aspect)]).Invoke());
        using var json = JsonDocument.Parse(File.ReadAllBytes(result + ".geojson"));
        var latitudes = json.RootElement.GetProperty("features").EnumerateArray()
            .Where(f => f.GetProperty("geometry").GetProperty("type").GetString() == "MultiPolygon")
            .SelectMany(f => f.GetProperty("geometry").GetProperty("coordinates").EnumerateArray())
            .SelectMany(p => p[0].EnumerateArray()).Select(c => c[1].GetDouble()).ToList();
        var (ahead, behind) = ((latitudes.Max() - 50) * north, (latitudes.Min() - 50) * north);
        Assert.True(Math.Max(ahead, behind) > 3 * -Math.Min(ahead, behind), $"{ahead} {behind}");
    }

    [Theory]
    [InlineData("--ignite", "60,-115")]
    [InlineData("--ignite", "north")]
    [InlineData("--ffmc", "120", "--ignite", "50,-115")]
    public void BadInputIsRefusedWithExitCodeOne(params string[] arguments)
    {
        var weather = Path.Combine(_folder, "hours.csv");
        File.WriteAllText(weather, "temp,rh,ws,wd,prec\n25,0,15,270,0\n");
        Assert.Equal(
            1, SpreadCommand.Create()
                .Parse(["--weather", weather, "--side", "51", "--out", Path.Combine(_folder, "x"), .. arguments])
                .Invoke());
        Assert.False(File.Exists(Path.Combine(_folder, "x.png")));
    }

    [Fact]
    public void FwiAnswersWithATableOfDays()
    {
        var weather = Path.Combine(_folder, "days.csv");
        File.WriteAllText(weather, "yr,mon,day,temp,rh,ws,prec\n1985,4,13,17,42,25,0\n1985,4,14,20,21,25,2.4\n");
        var output = new StringWriter();
        FwiCommand.Run(weather, 40, Science.Fire.Danger.FwiCodes.SeasonStart, "EFFIS", output, TextWriter.Null);
        Assert.Contains("1985-04-14,86.20,10.40,23.57,8.77,10.36,9.22,1.387,moderate", output.ToString());
    }
}
