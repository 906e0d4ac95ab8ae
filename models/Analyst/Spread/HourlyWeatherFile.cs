using IotGateway.Analyst.Tables;
using IotGateway.Science;
using IotGateway.Science.Fire.Behaviour;
using IotGateway.Science.Fire.Danger.Moisture;
using IotGateway.Science.Fire.Spread;

namespace IotGateway.Analyst.Spread;

/// <summary>
/// Hourly weather: columns ws and wd, and either ffmc or temp, rh and prec, from which the hourly FFMC is carried on.
/// Rows follow each other by the hour; a column hr, where there is one, must say so.
/// </summary>
internal static class HourlyWeatherFile
{
    public static List<HourOfWeather> Read(string path, double startFfmc, double bui, double foliarMoisture)
    {
        var rows = Table.Read(path);
        if (rows.Count == 0)
            throw new InputException("weather", "empty", "at least one hour");
        var ffmc = startFfmc;
        var hours = new List<HourOfWeather>(rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            if (i > 0 && row.Has("hr") && row.Whole("hr") % 24 != (rows[i - 1].Whole("hr") + 1) % 24)
                throw new InputException($"hour in line {row.Line}", row.Text("hr"), "the hour after the one before it");
            ffmc = row.Has("ffmc")
                ? row.Number("ffmc")
                : FineFuelMoistureCode.NextHour(
                    ffmc, new NoonWeather(row.Number("temp"), row.Number("rh"), row.Number("ws"), row.Number("prec")));
            var hour = new HourOfWeather(new BehaviourWeather(ffmc, bui, row.Number("ws"), row.Number("wd")), foliarMoisture);
            hour.Validate();
            hours.Add(hour);
        }

        return hours;
    }
}
