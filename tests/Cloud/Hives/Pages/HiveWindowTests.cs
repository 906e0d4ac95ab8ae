using IotGateway.Cloud.Forecasts.Documents;
using IotGateway.Cloud.Hives.Pages;
using IotGateway.Cloud.Hives.State;
using IotGateway.Cloud.Observations.Lite;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Tests.Web;
using IotGateway.Cloud.Weather.Hours;
using IotGateway.Cloud.Web.Charts;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Cloud.Tests.Hives.Pages;

public sealed class HiveWindowTests
{
    private static readonly DateTimeOffset Now = new(2021, 7, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void RainIsShownInTheHourInWhichItFell()
    {
        // Weather's rain is of the hour before its time: these 2 mm fell from 05:00 to 06:00, and the 3 mm before the window.
        var six = new DateTimeOffset(2021, 7, 1, 6, 0, 0, TimeSpan.Zero);
        var window = Window(
            ChartSpan.Of("24h"),
            [new WeatherHour(Now.AddDays(-1), 15, 50, 3), new WeatherHour(six, 15, 50, 2), new WeatherHour(six.AddHours(1), 15, 50, 0)]);

        var bar = Assert.Single(HiveCharts.Rain(window).Bars, b => b.Value > 0);
        Assert.Equal((six.AddHours(-1), six, 2.0), (bar.From, bar.To, bar.Value));
        Assert.Equal("2.0 mm fell in this range.", HiveCharts.Rain(window).Description);
        Assert.Equal(
            [(six, 0.0), (six.AddHours(-1), 2.0)],
            HiveTable.Rows(window).Where(r => r.Rain is not null).Select(r => (r.From, r.Rain!.Value)));
        Assert.Equal(15, HiveTable.Rows(window).Single(r => r.From == six).OutsideTemperature);
    }

    [Fact]
    public async Task OfAFloodOfReadingsHoursAreDrawn()
    {
        using var folder = new TempFolder();
        using var store = new LiteObservations(folder.File("hot.db"));
        var hive = PagesHost.Apiary(Origin.Recorded, ("hive-1", "Hive 1")).Hives[0];
        var first = Now.AddDays(-2);
        foreach (var some in Enumerable.Range(0, 110_000).Chunk(10_000))
        {
            Reading[] readings =
            [
                .. some.Select(i => new Reading(
                    hive.Devices[0].Device, Metrics.HiveTemperature, first.AddSeconds(i), 20 + (i % 3600 / 1800), "Cel", Quality.Good,
                    Now)),
            ];
            store.Store([new Batch("gw", "s1", some[0] + 1, some[^1] + 1, Now, "synchronised", [], readings)]);
        }

        using var documents = new LiteTimedDocuments(folder.File("forecasts.db"));
        var window = await HiveWindow.ReadAsync(
            hive, ChartSpan.Of("3d"), Now, store, new WeatherRegistry([]), new StateStore(documents),
            TestContext.Current.CancellationToken);

        Assert.InRange(window.Temperature.Count, 2, 200);
        Assert.All(window.Temperature.SkipLast(2), s => Assert.Equal(20.5, s.Value, 6));
        Assert.InRange(window.Temperature[^1].Time, first.AddSeconds(110_000).AddHours(-1), first.AddSeconds(110_000).AddHours(1));
        Assert.Empty(window.Humidity);
    }

    private static HiveWindow Window(ChartSpan span, WeatherHour[] weather) =>
        new(PagesHost.Apiary(Origin.Recorded, ("hive-1", "Hive 1")).Hives[0], span, Now - span.Length, Now, [], [], weather, []);
}
