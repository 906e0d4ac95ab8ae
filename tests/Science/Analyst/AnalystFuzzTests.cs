using BitMiracle.LibTiff.Classic;
using CsCheck;
using IotGateway.Analyst;
using IotGateway.Analyst.Grids;
using IotGateway.Analyst.Spread;
using IotGateway.Science.Fire.Danger;
using IotGateway.Tables;
using IotGateway.Tests.Services;
using Xunit;

namespace IotGateway.Science.Tests.Analyst;

/// <summary>Readers of the analyst's files under mutated files: an answer, or their own refusal.</summary>
public sealed class AnalystFuzzTests : IDisposable
{
    private const long Share = 400;
    private const string Ring = "[[1,2],[3,2],[3,4.5],[1,2]]";
    private readonly string _folder = Directory.CreateTempSubdirectory("fuzz").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void DaysOfWeather() => FuzzShare.Read(
        Mutations.Of([.. Faults("fwi-*.csv")]), 100_000, Share, input => Refusing(() => FwiCommand.Run(
            File("days.csv", input), null, FwiCodes.SeasonStart, "EFFIS", TextWriter.Null, TextWriter.Null)));

    [Fact]
    public void HoursOfWeather() => FuzzShare.Read(
        Mutations.Of(
            "id,yr,mon,day,hr,ffmc,ws,wd,bui\nA,2026,6,30,23,90,15,270,60\nA,2026,7,1,0,91.5,16,280,61\n",
            "time;temp;rh;prec;ws;wd\n2026-06-30 12:00;25,5;30;0;15;270\n2026-06-30 13:00;26;28,5;0,2;18;280\n",
            "hr\ttemp\trh\tws\twd\tprec\n\"12\"\t25\t30\t15\t270\t0\n13\t26\t28\t18\t280\t0\n"),
        100_000, Share, input => Refusing(() => HourlyWeatherFile.Read(File("hours.csv", input), 85, 60, 97, TextWriter.Null)));

    [Fact]
    public void AsciiGrids() => FuzzShare.Read(
        Mutations.Of(
            "ncols 3\nnrows 2\nxllcorner 500000\nyllcorner 5600000\ncellsize 30\nNODATA_value -9999\n1 2 3\n101 425 -9999\n",
            "NCOLS 2\r\nNROWS 1\r\nXLLCENTER 500000.5\r\nYLLCENTER 5600000.5\r\nCELLSIZE 30\r\n13 nan\r\n"),
        50_000, Share, input => Refusing(() => SpreadRequest.FromGrids(
            File("fuel.asc", input), (null, null), 32611, green: true, TextWriter.Null)));

    [Fact]
    public void GeoTiffs()
    {
        var samples = new List<byte[]>();
        foreach (var compression in (Compression[])[Compression.NONE, Compression.LZW, Compression.ADOBE_DEFLATE, Compression.PACKBITS])
        {
            foreach (var tiled in (bool[])[false, true])
            {
                var path = Path.Combine(_folder, "sample.tif");
                SampleTiff.Write(path, compression, tiled);
                samples.Add(System.IO.File.ReadAllBytes(path));
            }
        }

        FuzzShare.Read(
            Mutations.Of([.. samples]), 50_000, Share,
            input => Refusing(() => SpreadRequest.FromGrids(File("fuel.tif", input), (null, null), null, green: true, TextWriter.Null)));
    }

    [Fact]
    public void Perimeters() => FuzzShare.Read(
        Mutations.Of(
            """{"type":"Polygon","coordinates":[~]}""".Replace("~", Ring, StringComparison.Ordinal),
            """
            {"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"GeometryCollection",
            "geometries":[{"type":"MultiPolygon","coordinates":[[~,~],[~]]}]}}]}
            """.Replace("~", Ring, StringComparison.Ordinal)),
        50_000, Share, input => Refusing(() => PerimeterFile.Read(File("perimeter.json", input), TextWriter.Null)));

    private static void Refusing(Action read)
    {
        try
        {
            read();
        }
        catch (Exception refusal) when (refusal is TableException or InputException)
        {
            Assert.DoesNotContain('\n', refusal.Message.TrimEnd());
            Assert.InRange(refusal.Message.Length, 10, 1000);
        }
    }

    private static IEnumerable<byte[]> Faults(string pattern) => Directory
        .EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Analyst", "faults"), pattern).Order().Select(System.IO.File.ReadAllBytes);

    private string File(string name, byte[] content)
    {
        var path = Path.Combine(_folder, name);
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }
}
