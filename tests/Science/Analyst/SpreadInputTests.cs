using System.CommandLine;
using IotGateway.Analyst;
using IotGateway.Analyst.Grids;
using IotGateway.Analyst.Spread;
using IotGateway.Science.Fire.Fuels;
using IotGateway.Tables;
using Xunit;

namespace IotGateway.Science.Tests.Analyst;

/// <summary>Input of the spread command: used, or named.</summary>
public sealed class SpreadInputTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("spread").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void WhatAWeatherFileTellsIsUsedOrNamed()
    {
        var errors = new StringWriter { NewLine = "\n" };

        var hours = HourlyWeatherFile.Read(
            Written(
                "id,yr,mon,day,hr,ffmc,temp,ws,wd,bui,fmc\n"
                + "PRF,2026,6,30,23,90,25,15,270,70,110\nPRF,2026,7,1,0,91,24,16,280,71,111\n"),
            85, 60, 97, errors);

        Assert.Equal(
            [(90.0, 70.0, 110.0), (91.0, 71.0, 111.0)],
            hours.Select(h => (h.Weather.Ffmc, h.Weather.Bui, h.FoliarMoisturePercent)));
        Assert.Equal("hours.csv: not used: id, temp\n", errors.ToString());
    }

    [Theory]
    [InlineData("yr,mon,day,hr,ffmc,ws,wd\n2026,6,30,12,90,15,270\n2026,6,30,14,90,15,270\n", "row 3, column hr: '14'", "is 2 h away")]
    [InlineData("yr,mon,day,hr,ffmc,ws,wd\n2026,6,30,12,90,15,270\n2026,7,1,13,90,15,270\n", "row 3, column hr: '13'", "is 25 h away")]
    [InlineData("hr,ffmc,ws,wd\n22,90,15,270\n22,90,15,270\n", "row 3, column hr: '22'", "which is 0 h away")]
    [InlineData("hr,ffmc,ws,wd\n25,90,15,270\n", "row 2, column hr: '25'", "an hour from 0 to 24")]
    [InlineData("time,ffmc,ws,wd\n2026-06-30 12:00,90,15,270\n2026-06-30T12:30:00,90,15,270\n", "row 3, column time", "is 0.5 h away")]
    [InlineData("timestamp,ffmc,ws,wd\n30/06/2026 12:00,90,15,270\n", "row 2, column timestamp", "a time like")]
    [InlineData("ffmc,ws\n90,15\n", "row 1, column wd", "a column wd")]
    [InlineData("temp,rh,ws,wd\n20,40,15,270\n", "row 1, column prec", "a column prec")]
    [InlineData("ffmc,ws,wd\n120,15,270\n", "row 2, column ffmc: '120'", "FFMC from 0 to 101")]
    [InlineData("ffmc,ws,wd\n90,15,400\n", "row 2, column wd: '400'", "wind direction (degrees) from 0 to 360")]
    [InlineData("temp,rh,prec,ws,wd\n20,0,0,15,270\n", "row 2, column rh: '0'", "relative humidity (%) above 0")]
    [InlineData("ffmc,ws,wd\n", "row 2: ''", "at least one row")]
    public void AnHourThatIsNotTheNextOrCannotBeIsRefused(string text, string where, string expected)
    {
        var error = Assert.Throws<TableException>(() => HourlyWeatherFile.Read(Written(text), 85, 60, 97, TextWriter.Null)).Message;

        Assert.Contains("hours.csv " + where, error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hr,ffmc,ws,wd\n23,90,15,270\n0,90,15,270\n1,90,15,270\n")]
    [InlineData("hr,ffmc,ws,wd\n23,90,15,270\n24,90,15,270\n1,90,15,270\n")]
    [InlineData("yr,mon,day,hr,ffmc,ws,wd\n9999,12,31,23,90,15,270\n9999,12,31,24,90,15,270\n")]
    public void HoursGoOnOverMidnight(string text) => Assert.NotEmpty(HourlyWeatherFile.Read(Written(text), 85, 60, 97, TextWriter.Null));

    [Theory]
    [InlineData("--wind", "3,5")]
    [InlineData("--wind", "1.000,5")]
    [InlineData("--wind", "NaN")]
    [InlineData("--hours", "1e300")]
    [InlineData("--hours", "-1")]
    [InlineData("--curing", "0x10")]
    public void NumbersOfTheCommandLineHaveAPoint(string option, string value) => Assert.Equal(
        1, FbpCommand.Create().Parse(["C-2", "--ffmc", "90", "--bui", "60", "--wind", "20", option, value]).Invoke(
            new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = TextWriter.Null, Error = TextWriter.Null }));

    [Theory]
    [InlineData("C1,C2")]
    [InlineData("+5")]
    [InlineData("")]
    [InlineData("C-8")]
    public void AFuelThatIsNoneIsRefused(string name) => Assert.Throws<InputException>(() => FuelNames.Parse(name));

    [Fact]
    public void GridsHaveAnOutsideThatDoesNotBurnAndItsShareIsSaid()
    {
        var errors = new StringWriter { NewLine = "\n" };

        var landscape = SpreadRequest.FromGrids(
            Grid("fuels", "2 -9999 0 103 104 100 101 3"),
            (Grid("slope", "40 1 1 1 1 1 1 -9999"), Grid("aspect", "90 1 1 1 1 1 1 1")), 32611, null, errors);

        Assert.Equal(
            [FuelType.C2, .. Enumerable.Repeat(FuelType.NonFuel, 6), FuelType.C3],
            Enumerable.Range(0, 8).Select(c => landscape[c].Stand.Fuel));
        Assert.Equal(
            "fuels.asc: outside, does not burn: 62.5% of the cells\nslope.asc, aspect.asc: not known, taken as level: 12.5% of the cells\n",
            errors.ToString());
    }

    [Theory]
    [InlineData(13, FuelType.D1, FuelType.M2, 50, 0)]
    [InlineData(60, FuelType.M1, FuelType.M2, 50, 50)]
    [InlineData(625, FuelType.M1, FuelType.M2, 25, 25)]
    public void CodesOfTwoTypesDependOnTheSeason(int code, FuelType leafless, FuelType green, double leaflessConifers, double greenConifers)
    {
        var (bare, leaved) = (FuelCodes.Parse(code, "f", green: false), FuelCodes.Parse(code, "f", green: true));

        Assert.Equal((leafless, green), (bare.Fuel, leaved.Fuel));
        Assert.Equal((leaflessConifers, greenConifers), (bare.ConiferPercent, leaved.ConiferPercent));
        Assert.Contains("--season", Assert.Throws<InputException>(() => FuelCodes.Parse(code, "f")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(90, FuelType.M3, FuelType.M4, 35)]
    [InlineData(965, FuelType.M3, FuelType.M4, 65)]
    public void DeadFirMixedwoodsDependOnItToo(int code, FuelType leafless, FuelType green, double deadFir)
    {
        Assert.Equal(new Stand(leafless) { DeadFirPercent = deadFir }, FuelCodes.Parse(code, "f", green: false));
        Assert.Equal(new Stand(green) { DeadFirPercent = deadFir }, FuelCodes.Parse(code, "f", green: true));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"type\":7}")]
    [InlineData("{\"type\":\"Point\",\"coordinates\":[1,2]}")]
    [InlineData("{\"type\":\"Polygon\",\"coordinates\":[]}")]
    [InlineData("{\"type\":\"Polygon\",\"coordinates\":[[[1],[2],[3],[4]]]}")]
    [InlineData("{\"type\":\"Polygon\",\"coordinates\":[[[1,2],[3,4]]]}")]
    [InlineData("{\"type\":\"Polygon\",\"coordinates\":[[[500000,5],[3,4],[3,4],[3,4]]]}")]
    public void APerimeterThatIsNoneIsRefused(string json) =>
        Assert.Throws<InputException>(() => PerimeterFile.Read(Written(json), TextWriter.Null));

    [Fact]
    public void AllPolygonsOfAPerimeterBurnAndTheRestIsNamed()
    {
        var errors = new StringWriter { NewLine = "\n" };
        const string Ring = "[[1,2],[3,2],[3,4],[1,2]]";
        var json = """
            {"type":"FeatureCollection","features":[
            {"type":"Feature","geometry":null},{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]}},
            {"type":"Feature","geometry":{"type":"MultiPolygon","coordinates":[[R],[R,R]]}}]}
            """.Replace("R]", Ring + "]", StringComparison.Ordinal).Replace("[R", "[" + Ring, StringComparison.Ordinal);

        Assert.Equal(2, PerimeterFile.Read(Written(json), errors).Count);
        Assert.Equal(
            "hours.csv: not used: 1 × feature without geometry\nhours.csv: not used: 1 × Point\n"
            + "hours.csv: not used: 1 × hole, taken as burning\n",
            errors.ToString());
    }

    [Theory]
    [InlineData("ncols -1\nnrows 2\nxllcorner 0\nyllcorner 0\ncellsize 30\n1 2")]
    [InlineData("ncols 1e9\nnrows 1e9\nxllcorner 0\nyllcorner 0\ncellsize 30\n1 2")]
    [InlineData("ncols 20000\nnrows 20000\nxllcorner 0\nyllcorner 0\ncellsize 30\n1 2")]
    [InlineData("ncols 2\nnrows 1\nxllcorner 0\nyllcorner 0\ncellsize 30,0\n1 2")]
    [InlineData("ncols 2\nnrows 1\nxllcorner 0\nyllcorner 0\ncellsize 30\n1 2 3")]
    [InlineData("ncols 2\nncols 2\nnrows 1\nxllcorner 0\nyllcorner 0\ncellsize 30\n1 2")]
    [InlineData("")]
    public void AGridThatIsNotWhatItsHeaderSaysIsRefused(string text)
    {
        var path = Path.Combine(_folder, "g.asc");
        File.WriteAllText(path, text);
        Assert.Throws<InputException>(() => Raster.Read(path).Frame(32611).Validate());
    }

    [Fact]
    public void AGridThatNamesNoWordForNoDataHasTheFormatsOwn()
    {
        const string Header = "ncols 2\nnrows 1\nxllcorner 0\nyllcorner 0\ncellsize 30\n";
        var path = Path.Combine(_folder, "g.asc");
        File.WriteAllText(path, Header + "5 -9999");
        Assert.Equal([true, false], Enumerable.Range(0, 2).Select(Raster.Read(path).Knows));
        File.WriteAllText(path, Header + "NODATA_value -1\n5 -9999");
        Assert.True(Raster.Read(path).Knows(1));
    }

    [Fact]
    public void ASlopeBelowZeroIsNotKnown()
    {
        var errors = new StringWriter { NewLine = "\n" };
        SpreadRequest.FromGrids(
            Grid("fuels", "2 2 2 2 2 2 2 2"),
            (Grid("slope", "40 0 1 1 1 1 -3 -32768"), Grid("aspect", "90 -1 1 1 1 1 1 1")), 32611, null, errors);

        Assert.Equal("slope.asc, aspect.asc: not known, taken as level: 25.0% of the cells\n", errors.ToString());
    }

    private string Written(string text)
    {
        var path = Path.Combine(_folder, "hours.csv");
        File.WriteAllText(path, text);
        return path;
    }

    private string Grid(string name, string values)
    {
        var path = Path.Combine(_folder, name + ".asc");
        File.WriteAllText(path, "ncols 8\nnrows 1\nxllcorner 500000\nyllcorner 5600000\ncellsize 30\nNODATA_value -9999\n" + values);
        return path;
    }
}
