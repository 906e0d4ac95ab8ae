using System.CommandLine;
using System.Globalization;
using IotGateway.Analyst.Tables;
using IotGateway.Science;
using IotGateway.Science.Fire.Danger;
using IotGateway.Science.Fire.Danger.Moisture;

namespace IotGateway.Analyst;

/// <summary>fwi FILE: daily noon weather in, the FWI System's table out.</summary>
internal static class FwiCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("weather")
        {
            Description = "CSV with yr, mon, day, temp, rh, ws, prec and lat (or --lat), a row a day.",
        };
        var latitude = new Option<double?>("--lat") { Description = "Latitude, degrees, where the file has no column lat." };
        var ffmc = new Option<double>("--ffmc") { DefaultValueFactory = _ => 85, Description = "Start-up FFMC." };
        var dmc = new Option<double>("--dmc") { DefaultValueFactory = _ => 6, Description = "Start-up DMC." };
        var dc = new Option<double>("--dc") { DefaultValueFactory = _ => 15, Description = "Start-up DC." };
        var scale = new Option<string>("--scale") { DefaultValueFactory = _ => "EFFIS", Description = "Danger classes: EFFIS or Canada." };
        var command = new Command("fwi", "FFMC, DMC, DC, ISI, BUI, FWI, DSR and danger class for a season of noon weather.")
        {
            file, latitude, ffmc, dmc, dc, scale,
        };
        command.SetAction(p => Refusals.Catch(() => Run(
            p.GetRequiredValue(file).FullName, p.GetValue(latitude),
            new FwiCodes(p.GetValue(ffmc), p.GetValue(dmc), p.GetValue(dc)), p.GetValue(scale)!, Console.Out)));
        return command;
    }

    internal static void Run(string path, double? latitude, FwiCodes start, string scaleName, TextWriter output)
    {
        var scale = scaleName.Equals("canada", StringComparison.OrdinalIgnoreCase) ? DangerScale.Canada : DangerScale.Effis;
        var rows = Table.Read(path);
        if (rows.Count == 0)
            throw new InputException("weather", "empty", "at least one day");
        var place = latitude ?? rows[0].Number("lat");
        var days = rows.Select(r => (
            new DateOnly(r.Whole("yr"), r.Whole("mon"), r.Whole("day")),
            new NoonWeather(r.Number("temp"), r.Number("rh"), r.Number("ws"), r.Number("prec"))));
        output.WriteLine("date,ffmc,dmc,dc,isi,bui,fwi,dsr,danger");
        foreach (var (date, day) in FwiSystem.Chain(days, place, start))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{date:yyyy-MM-dd},{day.Codes.Ffmc:0.00},{day.Codes.Dmc:0.00},{day.Codes.Dc:0.00},{day.Isi:0.00},"
                + $"{day.Bui:0.00},{day.Fwi:0.00},{day.Dsr:0.000},{scale.Of(day.Fwi).Name}"));
        }
    }
}
