using IotGateway.Analyst.Tables;
using IotGateway.Science;
using IotGateway.Science.Fire.Behaviour;
using IotGateway.Science.Fire.Danger;
using IotGateway.Science.Fire.Danger.Moisture;
using IotGateway.Science.Fire.Fuels;
using IotGateway.Science.Fire.Growth;

namespace IotGateway.Analyst.Vectors;

/// <summary>The folder equations/: one function a file, inputs in the first columns, the expected value in the last.</summary>
internal static class EquationVectors
{
    private static readonly Dictionary<string, Func<TableRow, double>> Functions = new(StringComparer.Ordinal)
    {
        ["FineFuelMoistureCode"] = r => FineFuelMoistureCode.Next(r.Number("ffmc_yda"), Weather(r)),
        ["HourlyFineFuelMoistureCode"] = r => FineFuelMoistureCode.NextHour(r.Number("ffmc_old"), Weather(r), r.Number("time.step")),
        ["DuffMoistureCode"] = r => DuffMoistureCode.Next(r.Number("dmc_yda"), Weather(r), Latitude(r), r.Whole("mon")),
        ["DroughtCode"] = r => DroughtCode.Next(r.Number("dc_yda"), Weather(r), Latitude(r), r.Whole("mon")),
        ["OverwinterDroughtCode"] = r => DroughtCode.AfterWinter(r.Number("DCf"), r.Number("rw"), r.Number("a"), r.Number("b")),
        ["InitialSpreadIndex"] = r => r.Text("fbpMod") == "TRUE"
            ? InitialSpreadIndex.ForBehaviour(r.Number("ffmc"), r.Number("ws"))
            : InitialSpreadIndex.Of(r.Number("ffmc"), r.Number("ws")),
        ["BuildupIndex"] = r => BuildupIndex.Of(r.Number("dmc"), r.Number("dc")),
        ["FireWeatherIndex"] = r => FireWeatherIndex.Of(r.Number("isi"), r.Number("bui")),
        ["FireIntensity"] = r => FireIntensity.Byram(r.Number("FC"), r.Number("ROS")),
        ["FoliarMoistureContent"] = FoliarMoistureOf,
        ["LengthToBreadthRatio"] = r => FireShape.LengthToBreadth(FuelNames.Parse(r.Text("FUELTYPE")), r.Number("WSV")),
        ["SurfaceFuelConsumption"] = r => Floored(FuelConsumption.Surface(StandOf(r), r.Number("FFMC"), r.Number("BUI"))),
        ["RateOfSpread"] = r => Floored(
            FbpSystem.RateOfSpread(StandOf(r), r.Number("ISI"), r.Number("BUI"), r.Number("FMC"), r.Number("SFC"))),
    };

    public static bool Knows(string function) => Functions.ContainsKey(function);

    public static Comparison Compare(string path, string file)
    {
        var column = Table.LastColumn(path);
        var function = Functions[column];
        var comparison = new Comparison(file);
        foreach (var row in Table.Read(path))
        {
            comparison.Row(row, () =>
            {
                var ours = function(row);
                RefuseUselessExpectation(row, column);
                comparison.Value(row, column, ours);
            });
        }

        return comparison;
    }

    /// <summary>
    /// Refuses rows that have nothing to compare with. The reference may have no value where ours has one (NA: no rate for ground that does
    /// not burn, or 0/0), or one beyond the scale of the code itself: its hourly FFMC is not held at 101, the code of no moisture.
    /// </summary>
    private static void RefuseUselessExpectation(TableRow row, string column)
    {
        if (!row.Known(column))
            throw new InputException("the reference's own value", "NA", "a number");
        if (column == "HourlyFineFuelMoistureCode" && row.Number(column) > 101)
            throw new InputException("the reference's own value (FFMC)", row.Number(column), "at most 101");
    }

    /// <summary>The reference prints 0.000001 where ours is 0: its guard against division by a rate or a load of nothing.</summary>
    private static double Floored(double value) => value <= 0 ? 1e-6 : value;

    private static NoonWeather Weather(TableRow r) =>
        new(r.Number("temp"), r.Number("rh"), r.Has("ws") ? r.Number("ws") : 0, r.Number("prec"));

    /// <summary>Without adjustment for latitude, the papers' own northern tables hold.</summary>
    private static double Latitude(TableRow r) => r.Text("lat.adjust") == "TRUE" ? r.Number("lat") : 46;

    private static double FoliarMoistureOf(TableRow r)
    {
        if (r.Known("FMCo"))
            return r.Number("FMCo");
        var given = r.Whole("D0");
        return FoliarMoisture.Percent(
            r.Whole("DJ"), given > 0 ? given : FoliarMoisture.DayOfMinimum(r.Number("LAT"), r.Number("LONG"), r.Number("ELV")));
    }

    private static Stand StandOf(TableRow r) => new(FuelNames.Parse(r.Text("FUELTYPE")))
    {
        ConiferPercent = r.Number("PC"),
        DeadFirPercent = r.Has("PDF") ? r.Number("PDF") : 0,
        CuringPercent = r.Has("CC") ? r.Number("CC") : 80,
        GrassLoad = r.Has("GFL") ? r.Number("GFL") : 0,
        CrownBaseMetres = r.Has("CBH") && r.Number("CBH") > 0 ? r.Number("CBH") : null,
    };
}
