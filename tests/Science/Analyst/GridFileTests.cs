using BitMiracle.LibTiff.Classic;
using IotGateway.Analyst.Grids;
using IotGateway.Science.Earth;
using IotGateway.Science.Fire.Fuels;
using Xunit;

namespace IotGateway.Science.Tests.Analyst;

public sealed class GridFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("grids").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AnAsciiGridIsReadFromTheNorth()
    {
        var raster = Raster.Read(Ascii("1 2\n3 -9999\n"));
        Assert.Equal(
            (2, 2, 30.0, 500_000.0, 5_600_060.0), (raster.Columns, raster.Rows, raster.CellMetres, raster.WestMetres, raster.NorthMetres));
        Assert.Equal(2, raster.At(1));
        Assert.Contains("row 2, column 2", Assert.Throws<InputException>(() => raster.At(3)).Range);
        Assert.Throws<InputException>(() => raster.Frame(null));
        Assert.Equal(new UtmProjection(11, South: false), raster.Frame(32611).Projection);
    }

    [Fact]
    public void ABrokenAsciiGridIsRefused()
    {
        Assert.Throws<InputException>(() => Raster.Read(Ascii("1 2 3\n")));
        Assert.Throws<InputException>(() => Raster.Read(Ascii("1 2 3 x\n")));
    }

    [Fact]
    public void AGeoTiffIsReadWithItsProjection()
    {
        var path = Path.Combine(_folder, "fuel.tif");
        SampleTiff.Write(path);

        var raster = Raster.Read(path);
        Assert.Equal([1f, 2f, 3f, 101f, 102f, 400f], raster.Values);
        Assert.Equal((25.0, 400_000.0, 5_500_000.0, 32610), (raster.CellMetres, raster.WestMetres, raster.NorthMetres, raster.Epsg));
        Assert.Throws<InputException>(() => raster.Frame(32611));
        Assert.Throws<InputException>(() => Raster.Read(Ascii("1 2\n3 4\n")).RequireLike(raster));
    }

    [Theory]
    [InlineData(256, 20_000, false)] // columns
    [InlineData(257, 20_000, false)] // rows
    [InlineData(257, 20_000, true)]
    [InlineData(322, 1 << 30, true)] // columns of a tile
    [InlineData(323, 1 << 30, true)] // rows of a tile
    [InlineData(279, 1 << 30, false)] // bytes of a strip
    [InlineData(325, 1 << 30, true)] // bytes of a tile
    [InlineData(258, 4096, false)] // bits of a sample
    public void AGeoTiffThatClaimsMoreThanItHoldsTakesNoMemory(int tag, int claim, bool tiled)
    {
        var path = Path.Combine(_folder, "large.tif");
        SampleTiff.Write(path, Compression.ADOBE_DEFLATE, tiled);
        SampleTiff.Claim(path, tag, claim);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<InputException>(() => Raster.Read(path));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 * 1024 * 1024);
    }

    [Fact]
    public void UnknownFuelCodesAreRefused()
    {
        Assert.Equal(FuelType.C7, FuelCodes.Parse(7, "f").Fuel);
        Assert.Equal(25, FuelCodes.Parse(425, "f").ConiferPercent);
        Assert.Throws<InputException>(() => FuelCodes.Parse(9, "f"));
        Assert.Throws<InputException>(() => FuelCodes.Parse(1.5, "f"));
    }

    private string Ascii(string values)
    {
        var path = Path.Combine(_folder, "grid.asc");
        File.WriteAllText(path, "ncols 2\nnrows 2\nxllcorner 500000\nyllcorner 5600000\ncellsize 30\nNODATA_value -9999\n" + values);
        return path;
    }
}
