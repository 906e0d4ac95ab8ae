using IotGateway.Cloud.Weather.Days;
using IotGateway.Cloud.Weather.Hours;
using IotGateway.Cloud.Weather.Providers.Recorded;
using IotGateway.Science.Earth;
using IotGateway.Science.Fire.Danger.Moisture;

namespace IotGateway.Cloud.Tests.Weather;

public sealed class DayFeaturesTests
{
    private static readonly TimeZoneInfo Toronto = TimeZoneInfo.FindSystemTimeZoneById("America/Toronto");
    private static readonly DateOnly Summer = new(2021, 7, 1);

    [Theory]
    [InlineData("America/Toronto", "2021-07-01", 24, "2021-07-01T04:00Z", "2021-07-01T17:00Z")]
    [InlineData("America/Toronto", "2021-03-14", 23, "2021-03-14T05:00Z", "2021-03-14T17:00Z")]
    [InlineData("America/Toronto", "2021-11-07", 25, "2021-11-07T04:00Z", "2021-11-07T17:00Z")]
    [InlineData("Europe/Zurich", "2021-03-28", 23, "2021-03-27T23:00Z", "2021-03-28T11:00Z")]
    [InlineData("Europe/Zurich", "2021-10-31", 25, "2021-10-30T22:00Z", "2021-10-31T11:00Z")]
    [InlineData("America/Santiago", "2021-09-05", 23, "2021-09-05T04:00Z", "2021-09-05T16:00Z")] // clocks leap over midnight
    [InlineData("America/Havana", "2021-11-07", 25, "2021-11-07T04:00Z", "2021-11-07T17:00Z")] // 00:00 comes twice
    [InlineData("Asia/Kolkata", "2021-07-01", 24, "2021-06-30T18:30Z", "2021-07-01T06:30Z")]
    public void ALocalDayHasItsHoursAndItsStandardNoon(string zone, string date, int hours, string from, string noon)
    {
        var day = SiteDay.Of(DateOnly.Parse(date), TimeZoneInfo.FindSystemTimeZoneById(zone));

        Assert.Equal((hours, DateTimeOffset.Parse(from), DateTimeOffset.Parse(noon)), (day.Hours, day.From, day.StandardNoon));
        Assert.Equal(day.To, SiteDay.Of(day.Date.AddDays(1), TimeZoneInfo.FindSystemTimeZoneById(zone)).From);
    }

    [Theory]
    [InlineData("2021-06-21T09:06Z", "2021-06-22T00:46Z")] // Montreal 05:06 and 20:46, as almanacs have it
    [InlineData("2021-12-21T12:31Z", "2021-12-21T21:14Z")] // 07:31 and 16:14
    public void TheSunRisesAndSetsWithinMinutesOfTheAlmanac(string rise, string set)
    {
        foreach (var (time, up) in new[] { (DateTimeOffset.Parse(rise), 1), (DateTimeOffset.Parse(set), -1) })
        {
            Assert.False(Sun.IsUp(time.AddMinutes(-5 * up), 45.5, -73.6));
            Assert.True(Sun.IsUp(time.AddMinutes(5 * up), 45.5, -73.6));
        }
    }

    [Fact]
    public void FeaturesOfADayAreTheSumsOfItsHours()
    {
        // 20 °C, dry and calm, but: rain 10–11 h, wind 12–14 h, cold 14–15 h (local hours).
        var day = SiteDay.Of(Summer, Toronto);
        var weather = Hours(day, i => new Hour(i == 14 ? 4 : 20, Rain: i == 11 ? 2 : 0, Wind: i is 12 or 13 ? 40 : 5));

        var f = Of(day, weather);

        Assert.Equal(new Feature(Math.Round(23 * 10 / 24.0, 3), 1), f.GrowingDegreeDays);
        Assert.Equal(new Feature(16 - 4, 1), f.FlightHours); // the sun is up at the middle of 16 hours, 5–6 to 20–21
        Assert.Equal((1.0, new Feature(2, 1), true), (f.FlightWindKnown, f.RainMillimetres, f.RainDay));
        Assert.Equal((new Feature(0, 1), new Feature(0, 1), 0), (f.HeatStressHours, f.ColdStressHours, f.ForecastHours));
        Assert.Equal(new NoonWeather(20, 50, 40, 2), f.Noon);
        Assert.Equal(DateTimeOffset.Parse("2021-07-01T17:00Z"), day.StandardNoon);
    }

    [Theory]
    [InlineData("2021-03-14", 23)]
    [InlineData("2021-11-07", 25)]
    public void DaysOfAClockChangeHaveAllTheirHoursAndNoMore(string date, int hours)
    {
        var day = SiteDay.Of(DateOnly.Parse(date), Toronto);
        var f = Of(day, Hours(day, _ => new Hour(36, Rain: 1)));

        Assert.Equal((new Feature(hours, 1), new Feature(hours, 1)), (f.HeatStressHours, f.RainMillimetres));
        Assert.Equal(new Feature(Math.Round(26 * hours / 24.0, 3), 1), f.GrowingDegreeDays);
    }

    [Theory]
    [InlineData(2, 22.0, 0.917)]
    [InlineData(3, null, 0.875)]
    public void MissingHoursLowerTheCoverageAndThenTakeTheValue(int missing, double? heat, double coverage)
    {
        var day = SiteDay.Of(Summer, Toronto);
        var f = Of(day, Hours(day, i => i < missing ? null : new Hour(36)));
        Assert.Equal(new Feature(heat, coverage), f.HeatStressHours);
    }

    [Fact]
    public void RainOfPartOfADayNeverMeansADryDay()
    {
        var day = SiteDay.Of(Summer, Toronto);
        Assert.True(Of(day, Hours(day, i => i < 12 ? null : new Hour(20, Rain: 0.2))).RainDay);
        Assert.Null(Of(day, Hours(day, i => i < 12 ? null : new Hour(20, Rain: 0.01))).RainDay);
        Assert.False(Of(day, Hours(day, _ => new Hour(20, Rain: 0.01))).RainDay);
    }

    [Fact]
    public void TenTenthsOfAMillimetreAreAMillimetre()
    {
        var day = SiteDay.Of(Summer, Toronto);
        var f = Of(day, Hours(day, i => new Hour(20, Rain: i is > 0 and <= 10 ? 0.1 : 0)));
        Assert.Equal((1.0, true), (f.RainMillimetres.Value, f.RainDay));
    }

    [Theory]
    [InlineData(0, 0.0)] // fell in the last hour of the day before
    [InlineData(1, 3.0)]
    [InlineData(24, 3.0)]
    public void RainStandsAtTheEndOfItsHour(int hour, double millimetres)
    {
        var day = SiteDay.Of(Summer, Toronto);
        Assert.Equal(millimetres, Of(day, Hours(day, i => new Hour(20, Rain: i == hour ? 3 : 0))).RainMillimetres.Value);
    }

    [Fact]
    public void NightNeedsNoWeatherToBeNoHourOfFlight()
    {
        var day = SiteDay.Of(Summer, Toronto);
        var f = Of(day, Hours(day, i => i is < 5 or > 21 ? null : new Hour(20)));
        Assert.Equal(new Feature(16, 1), f.FlightHours);
        Assert.Null(f.GrowingDegreeDays.Value);
    }

    [Fact]
    public void FlightWithoutWindIsFlagged()
    {
        var day = SiteDay.Of(Summer, Toronto);
        var f = Of(day, Hours(day, i => new Hour(20, Wind: i < 12 ? 5 : null)));
        Assert.Equal(16, f.FlightHours.Value);
        Assert.Equal(7.0 / 16, f.FlightWindKnown, 3);
        Assert.Equal("wind at noon", f.NoonMissing);
    }

    [Fact]
    public void OneMissingHourOfRainLeavesTheFireWeatherOut()
    {
        var day = SiteDay.Of(Summer, Toronto);
        var f = Of(day, Hours(day, i => i == 3 ? null : new Hour(20, Rain: 0.5)));
        Assert.Null(f.Noon);
        Assert.Equal("rain of 1 of 24 hours", f.NoonMissing);
    }

    [Fact]
    public void WhatWasForecastIsCountedAndWhatWasIssuedLaterIsNotSeen()
    {
        var day = SiteDay.Of(Summer, Toronto);
        var all = Hours(day, _ => new Hour(20)).Select(h => h with { Kind = WeatherKind.Forecast, Issued = day.From.AddDays(-1) })
            .Concat(Hours(day, _ => new Hour(36))).ToArray();

        var before = DayFeatures.Of(day, new WeatherSeries("w", "", all), 45.5, -73.6, DayLimits.Default, day.From.AddHours(-2));
        var after = Of(day, all);

        Assert.Equal((24, 0.0), (before.ForecastHours, before.HeatStressHours.Value));
        Assert.Equal((0, 24.0), (after.ForecastHours, after.HeatStressHours.Value));
    }

    [Fact]
    public void ARealSummerDayOfMontrealAgreesWithItsHours()
    {
        var series = RecordedWeather.Read(
            "montreal", new RecordedWeatherOptions { File = Recording.Path, UtcOffsetHours = -5, Attribution = "ECCC" });
        var day = SiteDay.Of(new DateOnly(2021, 8, 21), Toronto);
        var hours = series.Range(day.From, day.To).ToArray();

        var f = DayFeatures.Of(day, series, 45.5, -73.6, DayLimits.Default, DateTimeOffset.MaxValue);

        Assert.Equal(24, hours.Length);
        Assert.Equal(Math.Round(hours.Average(h => Math.Max(0, h.TemperatureCelsius!.Value - 10)), 3), f.GrowingDegreeDays.Value);
        Assert.Equal(
            Math.Round(series.Range(day.From.AddHours(1), day.To.AddHours(1)).ToArray().Sum(h => h.PrecipitationMillimetres!.Value), 3),
            f.RainMillimetres.Value);
        Assert.Equal("wind at noon", f.NoonMissing);
    }

    private sealed record Hour(double? Celsius, double? Rain = 0, double? Wind = 5);

    private static DayFeatures Of(SiteDay day, IEnumerable<WeatherHour> hours) =>
        DayFeatures.Of(day, new WeatherSeries("w", "", hours), 45.5, -73.6, DayLimits.Default, DateTimeOffset.MaxValue);

    /// <summary>The day's hours from a day before it to its end, local hour by local hour; before the day dry and 20 °C.</summary>
    private static WeatherHour[] Hours(SiteDay day, Func<int, Hour?> of) =>
    [
        .. Enumerable.Range(-24, 25 + day.Hours).Select(i => (Index: i, Hour: i < 0 ? new Hour(20) : of(i)))
            .Where(h => h.Hour is not null)
            .Select(h => new WeatherHour(day.From.AddHours(h.Index), h.Hour!.Celsius, 50, h.Hour.Rain)
            {
                WindKilometresPerHour = h.Hour.Wind,
            }),
    ];
}
