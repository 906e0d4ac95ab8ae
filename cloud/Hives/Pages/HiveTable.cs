using IotGateway.Cloud.Hives.State.Rule;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Web.Charts;

namespace IotGateway.Cloud.Hives.Pages;

/// <summary>A row of the table that stands for the charts: means over a few hours; null where nothing was measured.</summary>
internal sealed record HiveTableRow(
    DateTimeOffset From, double? Temperature, double? OutsideTemperature, double? Humidity, double? OutsideHumidity, double? Rain,
    ColonyState? Gravest);

/// <summary>The charts' data as a table, newest first.</summary>
internal static class HiveTable
{
    public static IReadOnlyList<HiveTableRow> Rows(HiveWindow window)
    {
        var seconds = window.Span.RowHours * 3600L;
        var temperature = window.Temperature.ToLookup(s => Key(s.Time));
        var humidity = window.Humidity.ToLookup(s => Key(s.Time));
        var weather = window.Weather.ToLookup(h => Key(h.Time));
        // of the hour before
        var rain = window.Weather
            .Where(h => h.PrecipitationMillimetres is not null)
            .ToLookup(h => Key(h.Time.AddTicks(-1)), h => h.PrecipitationMillimetres);
        var runs = window.States.ToLookup(r => Key(r.AsOf.AddTicks(-1)));
        var rows = new List<HiveTableRow>();
        for (var key = Key(window.To); key >= Key(window.From); key--)
        {
            rows.Add(new HiveTableRow(
                DateTimeOffset.FromUnixTimeSeconds(key * seconds),
                Mean(temperature[key]), Means.OfKnown(weather[key].Select(h => h.TemperatureCelsius)),
                Mean(humidity[key]), Means.OfKnown(weather[key].Select(h => h.HumidityPercent)),
                rain[key].Any() ? rain[key].Sum() : null,
                runs[key].Any() ? runs[key].Max(r => r.State) : null));
        }

        return rows;

        long Key(DateTimeOffset time) => time.ToUnixTimeSeconds() / seconds;
    }

    private static double? Mean(IEnumerable<Sample> samples) => Means.Of(samples.Select(s => s.Value));
}
