using IotGateway.Science;
using IotGateway.Science.Fire.Behaviour;
using IotGateway.Science.Fire.Danger;
using IotGateway.Science.Fire.Danger.Moisture;
using IotGateway.Science.Fire.Fuels;
using IotGateway.Science.Fire.Growth;
using IotGateway.Tables;

namespace IotGateway.Analyst.Vectors;

/// <summary>The folder equations/: one function a file, inputs in the first columns, the expected value in the last.</summary>
internal static class EquationVectors
{
    private static readonly Dictionary<string, Func<TableRow, double>> Functions = new(StringComparer.Ordinal)
    {
        ["FineFuelMoistureCode"] = r => FineFuelMoistureCode.Next(r.Figure("ffmc_yda"), Weather(r)),
        ["HourlyFineFuelMoistureCode"] = r => FineFuelMoistureCode.NextHour(r.Figure("ffmc_old"), Weather(r), r.Figure("time.step")),
        ["DuffMoistureCode"] = r => DuffMoistureCode.Next(r.Figure("dmc_yda"), Weather(r), Latitude(r), r.Whole("mon")),
        ["DroughtCode"] = r => DroughtCode.Next(r.Figure("dc_yda"), Weather(r), Latitude(r), r.Whole("mon")),
        ["OverwinterDroughtCode"] = r => DroughtCode.AfterWinter(r.Figure("DCf"), r.Figure("rw"), r.Figure("a"), r.Figure("b")),
        ["InitialSpreadIndex"] = r => r.Text("fbpMod") == "TRUE"
            ? InitialSpreadIndex.ForBehaviour(r.Figure("ffmc"), r.Figure("ws"))
            : InitialSpreadIndex.Of(r.Figure("ffmc"), r.Figure("ws")),
        ["BuildupIndex"] = r => BuildupIndex.Of(r.Figure("dmc"), r.Figure("dc")),
        ["FireWeatherIndex"] = r => FireWeatherIndex.Of(r.Figure("isi"), r.Figure("bui")),
        ["FireIntensity"] = r => FireIntensity.Byram(r.Figure("FC"), r.Figure("ROS")),
        ["FoliarMoistureContent"] = FoliarMoistureOf,
        ["LengthToBreadthRatio"] = r => FireShape.LengthToBreadth(FuelNames.Parse(r.Text("FUELTYPE")), r.Figure("WSV")),
        ["SurfaceFuelConsumption"] = r => Floored(FuelConsumption.Surface(StandOf(r), r.Figure("FFMC"), r.Figure("BUI"))),
        ["RateOfSpread"] = r => Floored(
            FbpSystem.RateOfSpread(StandOf(r), r.Figure("ISI"), r.Figure("BUI"), r.Figure("FMC"), r.Figure("SFC"))),
    };

    public static bool Knows(string function) => Functions.ContainsKey(function);

    public static Comparison Compare(string path, string file)
    {
        var table = Table.Read(path);
        var column = table.Columns[^1];
        var function = Functions[column];
        var comparison = new Comparison(file);
        foreach (var row in table.Rows)
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
        if (column == "HourlyFineFuelMoistureCode" && row.Figure(column) > 101)
            throw new InputException("the reference's own value (FFMC)", row.Figure(column), "at most 101");
    }

    /// <summary>The reference prints 0.000001 where ours is 0: its guard against division by a rate or a load of nothing.</summary>
    private static double Floored(double value) => value <= 0 ? 1e-6 : value;

    private static NoonWeather Weather(TableRow r) =>
        new(r.Figure("temp"), r.Figure("rh"), r.Has("ws") ? r.Figure("ws") : 0, r.Figure("prec"));

    /// <summary>Without adjustment for latitude, the papers' own northern tables hold.</summary>
    private static double Latitude(TableRow r) => r.Text("lat.adjust") == "TRUE" ? r.Figure("lat") : 46;

    private static double FoliarMoistureOf(TableRow r)
    {
        if (r.Known("FMCo"))
            return r.Figure("FMCo");
        var given = r.Whole("D0");
        return FoliarMoisture.Percent(
            r.Whole("DJ"), given > 0 ? given : FoliarMoisture.DayOfMinimum(r.Figure("LAT"), r.Figure("LONG"), r.Figure("ELV")));
    }

    private static Stand StandOf(TableRow r) => new(FuelNames.Parse(r.Text("FUELTYPE")))
    {
        ConiferPercent = r.Figure("PC"),
        DeadFirPercent = r.Has("PDF") ? r.Figure("PDF") : 0,
        CuringPercent = r.Has("CC") ? r.Figure("CC") : 80,
        GrassLoad = r.Has("GFL") ? r.Figure("GFL") : 0,
        CrownBaseMetres = r.Has("CBH") && r.Figure("CBH") > 0 ? r.Figure("CBH") : null,
    };
}
