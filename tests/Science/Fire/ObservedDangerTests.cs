using IotGateway.Analyst.Tables;
using IotGateway.Science.Fire;
using Xunit;

namespace IotGateway.Science.Tests.Fire;

public sealed class ObservedDangerTests
{
    [Fact]
    public void AlgeriasIndicesFollowFromItsCodes()
    {
        var rows = Table.Read(Path.Combine(AppContext.BaseDirectory, "data", "algerian_forest_fires_tidy.csv"));
        Assert.Equal(244, rows.Count);
        Assert.True(Share(rows, r => InitialSpreadIndex.Of(r.Number("ffmc"), r.Number("wind_kmh")) - r.Number("isi")) >= 0.93);
        Assert.True(Share(rows, r => BuildupIndex.Of(r.Number("dmc"), r.Number("dc")) - r.Number("bui")) >= 0.97);
        Assert.True(Share(rows, r => FireWeatherIndex.Of(r.Number("isi"), r.Number("bui")) - r.Number("fwi")) >= 0.98);
    }

    /// <summary>
    /// FWI2025 keeps the hourly equations but starts from its own code, lets the canopy hold back 0.5 mm of each
    /// rain event and dries by its own pace: between rains the two agree closely, after rain they part.
    /// </summary>
    [Fact]
    public void TheHourlyCodeFollowsFwi2025AsFarAsTheVariantsAllow()
    {
        var folder = Path.Combine(SharedData.Fire(), "fwi2025");
        var expected = Table.Read(Path.Combine(folder, "PRF2007_standard_hourly_FWI.csv"));
        var ffmc = expected[0].Number("ffmc");
        var errors = new List<double>();
        foreach (var row in expected.Skip(1))
        {
            ffmc = FineFuelMoistureCode.NextHour(
                ffmc, new NoonWeather(row.Number("temp"), row.Number("rh"), row.Number("ws"), row.Number("prec")));
            errors.Add(Math.Abs(ffmc - row.Number("ffmc")));
        }

        errors.Sort();
        TestContext.Current.TestOutputHelper!.WriteLine($"n {errors.Count}, median {errors[errors.Count / 2]:0.000}, 90 % {errors[errors.Count * 9 / 10]:0.00}, worst {errors[^1]:0.00}; within 0.05: {errors.Count(e => e < 0.05) / (double)errors.Count:0.000}");
        Assert.InRange(errors[errors.Count / 2], 0, 0.5);
    }

    [Fact]
    public void PortugalsIndicesStayWithinWhatTheSystemAllows()
    {
        foreach (var row in Table.Read(Path.Combine(SharedData.Fire(), "uci", "forestfires.csv")))
        {
            var fwi = FireWeatherIndex.Of(row.Number("ISI"), BuildupIndex.Of(row.Number("DMC"), row.Number("DC")));
            Assert.True(double.IsFinite(fwi) && fwi >= 0);
        }
    }

    private static double Share(List<TableRow> rows, Func<TableRow, double> error) =>
        rows.Count(r => Math.Abs(error(r)) <= 0.15) / (double)rows.Count;
}
