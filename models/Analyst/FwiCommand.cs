using System.CommandLine;
using System.Globalization;
using IotGateway.Analyst.Inputs;
using IotGateway.Science;
using IotGateway.Science.Fire.Danger;
using IotGateway.Science.Fire.Danger.Moisture;
using IotGateway.Tables;

namespace IotGateway.Analyst;

/// <summary>fwi FILE: daily noon weather in, the FWI System's table out.</summary>
internal static class FwiCommand
{
    private static readonly (string Input, string Column)[] Inputs =
    [
        ("temperature", "temp"), ("relative humidity", "rh"), ("wind speed", "ws"), ("rain", "prec"), ("latitude", "lat"),
        ("date", "day"),
    ];

    public static Command Create()
    {
        var file = new Argument<FileInfo>("weather")
        {
            Description = "CSV with yr, mon, day, temp, rh, ws, prec and lat (or --lat), a row a day.",
        };
        var latitude = new Option<double?>("--lat")
        {
            CustomParser = CommandNumbers.ParseOptional,
            Description = "Latitude, degrees, where the file has no column lat.",
        };
        var ffmc = new Option<double>("--ffmc")
        {
            CustomParser = CommandNumbers.Parse,
            DefaultValueFactory = _ => 85,
            Description = "Start-up FFMC.",
        };
        var dmc = new Option<double>("--dmc")
        {
            CustomParser = CommandNumbers.Parse,
            DefaultValueFactory = _ => 6,
            Description = "Start-up DMC.",
        };
        var dc = new Option<double>("--dc")
        {
            CustomParser = CommandNumbers.Parse,
            DefaultValueFactory = _ => 15,
            Description = "Start-up DC.",
        };
        var scale = new Option<string>("--scale") { DefaultValueFactory = _ => "EFFIS", Description = "Danger classes: EFFIS or Canada." };
        var command = new Command("fwi", "FFMC, DMC, DC, ISI, BUI, FWI, DSR and danger class for a season of noon weather.")
        {
            file, latitude, ffmc, dmc, dc, scale,
        };
        command.SetAction(p => Refusals.Catch(() => Run(
            p.GetRequiredValue(file).FullName, p.GetValue(latitude),
            new FwiCodes(p.GetValue(ffmc), p.GetValue(dmc), p.GetValue(dc)), p.GetValue(scale)!, Console.Out, Console.Error)));
        return command;
    }

    internal static void Run(string path, double? latitude, FwiCodes start, string scaleName, TextWriter output, TextWriter errors)
    {
        var scale = Scale(scaleName);
        var table = Table.Read(path);
        table.Require("yr", "mon", "day", "temp", "rh", "ws", "prec");
        if (latitude is null)
            table.Require("lat");
        RowInputs.NameUnused(table, errors, "yr", "mon", "day", "temp", "rh", "ws", "prec", latitude is null ? "lat" : "yr");
        var days = Days(table, latitude, start).ToList();
        output.WriteLine("date,ffmc,dmc,dc,isi,bui,fwi,dsr,danger");
        foreach (var (date, day) in days)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{date:yyyy-MM-dd},{day.Codes.Ffmc:0.00},{day.Codes.Dmc:0.00},{day.Codes.Dc:0.00},{day.Isi:0.00},"
                + $"{day.Bui:0.00},{day.Fwi:0.00},{day.Dsr:0.000},{scale.Of(day.Fwi).Name}"));
        }
    }

    private static IEnumerable<(DateOnly Date, FwiDay Day)> Days(Table table, double? latitude, FwiCodes codes)
    {
        var at = table.Rows[0];
        var first = Noon(at);
        var place = latitude ?? at.Number("lat");
        using var chain = RowInputs.Compute(
            () => at, () => FwiSystem.Chain(table.Rows.Select(r => Day(at = r)), place, codes), Inputs).GetEnumerator();
        while (RowInputs.Compute(() => at, chain.MoveNext, Inputs))
            yield return chain.Current;

        (DateOnly, NoonWeather) Day(TableRow row)
        {
            var noon = row == table.Rows[0] ? first : Noon(row);
            return latitude is null && row.Number("lat") != place
                ? throw row.Refused("lat", "the latitude of the first row: the codes are those of one place")
                : (row.Date("yr", "mon", "day"), noon);
        }
    }

    private static NoonWeather Noon(TableRow row) => new(row.Number("temp"), row.Number("rh"), row.Number("ws"), row.Number("prec"));

    private static DangerScale Scale(string name) => name.ToUpperInvariant() switch
    {
        "EFFIS" => DangerScale.Effis,
        "CANADA" => DangerScale.Canada,
        _ => throw new InputException("scale", name, "EFFIS or Canada"),
    };
}
