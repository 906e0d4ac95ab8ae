using IotGateway.Analyst.Vectors;
using IotGateway.Science.Tests.Fire;
using Xunit;

namespace IotGateway.Science.Tests.Analyst;

public sealed class VectorsTests
{
    [Theory]
    [InlineData("BuildupIndex", 1853)]
    [InlineData("DroughtCode", 1754)]
    [InlineData("DuffMoistureCode", 1754)]
    [InlineData("FineFuelMoistureCode", 750)]
    [InlineData("FireIntensity", 2963)]
    [InlineData("FireWeatherIndex", 1668)]
    [InlineData("FoliarMoistureContent", 2274)]
    [InlineData("HourlyFineFuelMoistureCode", 2063)]
    [InlineData("InitialSpreadIndex", 2921)]
    [InlineData("LengthToBreadthRatio", 3145)]
    [InlineData("OverwinterDroughtCode", 4036)]
    [InlineData("RateOfSpread", 3396)]
    [InlineData("SurfaceFuelConsumption", 2110)]
    public void EveryInRangeRowOfAnEquationAgreesToItsStatedDigits(string function, int inRange)
    {
        var path = Path.Combine(SharedData.Fire(), "equations", function + ".csv");
        var comparison = EquationVectors.Compare(path, function);
        Assert.Empty(comparison.Examples);
        Assert.Equal(inRange, comparison.Compared);
        Assert.Equal(comparison.Rows, comparison.Compared + comparison.OutOfRange);
    }

    [Theory]
    [InlineData("fwi_01", 48)]
    [InlineData("fwi_04", 48)]
    [InlineData("fwi_05", 48)]
    [InlineData("fwi_06", 0)]
    [InlineData("fwi_07", 48)]
    [InlineData("fwi_09", 1)]
    [InlineData("fwi_10", 6)]
    [InlineData("fwi_11", 48)]
    [InlineData("test_fwi_out_fullprecision", 48)]
    public void EverySeasonAgrees(string file, int inRange)
    {
        var comparison = FwiVectors.Compare(Path.Combine(SharedData.Fire(), "fwi", file + ".csv"), file);
        Assert.Empty(comparison.Examples);
        Assert.Equal(inRange, comparison.Compared);
    }

    [Theory]
    [InlineData("fbp_01", 20, 8)]
    [InlineData("fbp_04", 20, 34)]
    [InlineData("fbp_06", 20, 42)]
    [InlineData("fbp_08", 1, 8)]
    [InlineData("fbp_09", 6, 8)]
    [InlineData("fbp_11", 20, 42)]
    [InlineData("fbp_12", 20, 42)]
    [InlineData("test_fbp_out_fullprecision", 20, 8)]
    public void EveryColumnOfEveryFireAgrees(string file, int rows, int columns)
    {
        var comparison = FbpVectors.Compare(Path.Combine(SharedData.Fire(), "fbp", file + ".csv"), file);
        Assert.Empty(comparison.Examples);
        Assert.Equal(rows, comparison.Compared);
        Assert.Equal(rows * columns, comparison.Values);
    }

    [Fact]
    public void TheReportNamesEveryFile()
    {
        var folder = SharedData.Fire();
        var output = new StringWriter();
        Assert.True(VectorsReport.Print(folder, output));
        foreach (var file in Directory.EnumerateFiles(folder, "*.csv", SearchOption.AllDirectories))
            Assert.Contains($"/{Path.GetFileName(file)} |", output.ToString());
    }
}
