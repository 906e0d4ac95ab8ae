using IotGateway.Science.Fire.Danger;
using IotGateway.Science.Fire.Danger.Moisture;
using IotGateway.Tables;

namespace IotGateway.Analyst.Vectors;

/// <summary>
/// The folder fwi/: the sample season of 1985 under different start-up values. Each file names its own
/// weather, so the chain is run over its rows.
/// </summary>
internal static class FwiVectors
{
    private static readonly FwiCodes Zero = new(0, 0, 0);
    private static readonly FwiCodes Impossible = new(200, 1000, 10_000);

    public static bool Knows(string name) => name.StartsWith("fwi_", StringComparison.Ordinal) || name == "test_fwi_out_fullprecision";

    public static Comparison Compare(string path, string file)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var full = name == "test_fwi_out_fullprecision";
        var start = name switch { "fwi_05" => Zero, "fwi_06" => Impossible, _ => FwiCodes.SeasonStart };
        var comparison = new Comparison(file, full);
        if (full)
            comparison.Note = "an older release that used 147.2 from moisture to FFMC: chained here with that constant";

        var codes = start;
        foreach (var row in Table.Read(path).Rows)
        {
            var from = name == "fwi_11" ? start : codes;
            comparison.Row(row, () =>
            {
                var noon = new NoonWeather(row.Figure("TEMP"), row.Figure("RH"), row.Figure("WS"), row.Figure("PREC"));
                var day = FwiSystem.Next(from, noon, row.Figure("LAT"), row.Whole("MON"));
                codes = day.Codes;
                if (full)
                    codes = day.Codes with { Ffmc = OlderScale(day.Codes.Ffmc) };
                Values(comparison, row, full ? Derived(codes, noon, day) : day);
            });
        }

        return comparison;
    }

    private static void Values(Comparison comparison, TableRow row, FwiDay day)
    {
        comparison.Value(row, "FFMC", day.Codes.Ffmc);
        comparison.Value(row, "DMC", day.Codes.Dmc);
        comparison.Value(row, "DC", day.Codes.Dc);
        comparison.Value(row, "ISI", day.Isi);
        comparison.Value(row, "BUI", day.Bui);
        comparison.Value(row, "FWI", day.Fwi);
        comparison.Value(row, "DSR", day.Dsr);
    }

    private static double OlderScale(double ffmc)
    {
        var moisture = FineFuelMoistureCode.MoisturePercent(ffmc);
        return 59.5 * (250 - moisture) / (147.2 + moisture);
    }

    private static FwiDay Derived(FwiCodes codes, NoonWeather noon, FwiDay day)
    {
        var isi = InitialSpreadIndex.Of(codes.Ffmc, noon.WindKilometresPerHour);
        var fwi = FireWeatherIndex.Of(isi, day.Bui);
        return new FwiDay(codes, isi, day.Bui, fwi, FireWeatherIndex.DailySeverityRating(fwi));
    }
}
