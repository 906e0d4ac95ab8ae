using IotGateway.Analyst.Inputs;
using IotGateway.Science.Fire.Behaviour;
using IotGateway.Science.Fire.Danger.Moisture;
using IotGateway.Science.Fire.Spread;
using IotGateway.Tables;

namespace IotGateway.Analyst.Spread;

/// <summary>
/// Hourly weather: columns ws and wd, and either ffmc or temp, rh and prec, from which the hourly FFMC is carried on; bui and fmc where
/// they change. Rows follow each other by the hour; columns that tell the time must say so. Others are named and not used.
/// </summary>
internal static class HourlyWeatherFile
{
    private static readonly string[] Moisture = ["temp", "rh", "prec"];

    private static readonly (string Input, string Column)[] Inputs =
    [
        ("temperature", "temp"), ("relative humidity", "rh"), ("wind speed", "ws"), ("rain", "prec"), ("FFMC", "ffmc"), ("BUI", "bui"),
        ("foliar moisture", "fmc"), ("wind direction", "wd"),
    ];

    public static List<HourOfWeather> Read(string path, double startFfmc, double bui, double foliarMoisture, TextWriter errors)
    {
        var table = Table.Read(path);
        var measured = !table.Has("ffmc");
        table.Require(["ws", "wd", .. measured ? Moisture : ["ffmc"]]);
        var clock = new RowClock(table);
        RowInputs.NameUnused(table, errors, ["ws", "wd", "bui", "fmc", .. measured ? Moisture : ["ffmc"], .. clock.Columns]);
        var ffmc = startFfmc;
        var hours = new List<HourOfWeather>(table.Rows.Count);
        foreach (var row in table.Rows)
        {
            clock.Check(row);
            var before = ffmc;
            ffmc = measured
                ? RowInputs.Compute(() => row, () => FineFuelMoistureCode.NextHour(before, Noon(row)), Inputs)
                : row.Number("ffmc");
            var hour = new HourOfWeather(
                new BehaviourWeather(ffmc, row.Has("bui") ? row.Number("bui") : bui, row.Number("ws"), row.Number("wd")),
                row.Has("fmc") ? row.Number("fmc") : foliarMoisture);
            hours.Add(RowInputs.Compute(() => row, () => Checked(hour), Inputs));
        }

        return hours;
    }

    private static NoonWeather Noon(TableRow row) => new(row.Number("temp"), row.Number("rh"), row.Number("ws"), row.Number("prec"));

    private static HourOfWeather Checked(HourOfWeather hour)
    {
        hour.Validate();
        return hour;
    }
}
