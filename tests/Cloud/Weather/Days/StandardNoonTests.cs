using IotGateway.Cloud.Weather.Days;

namespace IotGateway.Cloud.Tests.Weather.Days;

/// <summary>Noon of local standard time, the hour of the fire-weather index, in every zone that this machine knows.</summary>
public sealed class StandardNoonTests
{
    [Theory]
    [InlineData("Europe/Dublin", 2026, 1, 15, 12)] // whose data call summer time standard
    [InlineData("Europe/Dublin", 2026, 7, 15, 12)]
    [InlineData("Africa/Casablanca", 2026, 7, 15, 12)]
    [InlineData("America/Toronto", 2026, 7, 15, 17)]
    [InlineData("Australia/Sydney", 2026, 1, 15, 2)]
    [InlineData("Asia/Kolkata", 2026, 1, 15, 6)]
    [InlineData("Africa/Windhoek", 2010, 7, 15, 11)]
    [InlineData("Europe/London", 1943, 7, 15, 11)] // double summer time; the year's least was an hour ahead
    public void ItIsOfTheYearsLeastOffset(string zone, int year, int month, int day, int utcHour) => Assert.Equal(
        utcHour, SiteDay.Of(new DateOnly(year, month, day), TimeZoneInfo.FindSystemTimeZoneById(zone)).StandardNoon.Hour);

    [Fact]
    public void InEveryZoneItIsNoonAtTheLeastOffsetOfTheYear()
    {
        var zones = TimeZoneInfo.GetSystemTimeZones();
        Assert.True(zones.Count > 100, $"{zones.Count} zones");
        foreach (var zone in zones)
        {
            foreach (var year in (int[])[1985, 2005, 2019, 2023, 2025, 2026, 2030])
            {
                var offsets = Enumerable.Range(0, 365 * 4)
                    .Select(i => zone.GetUtcOffset(new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddHours(6 * i)))
                    .Distinct().ToArray();
                foreach (var date in (DateOnly[])[new(year, 1, 20), new(year, 4, 20), new(year, 7, 20), new(year, 10, 20)])
                {
                    var noon = SiteDay.Of(date, zone).StandardNoon;
                    var offset = date.ToDateTime(new TimeOnly(12, 0)) - noon.UtcDateTime;
                    Assert.True(offsets.Min() == offset, $"{zone.Id} {date:O}: {offset}, least of {string.Join(", ", offsets)}");
                }
            }
        }
    }

    [Fact]
    public void AChangeOfTheDateLineIsNoSummerTime()
    {
        var samoa = TimeZoneInfo.FindSystemTimeZoneById("Pacific/Apia");

        Assert.Equal(new DateTimeOffset(2011, 7, 15, 23, 0, 0, TimeSpan.Zero), SiteDay.Of(new DateOnly(2011, 7, 15), samoa).StandardNoon);
        Assert.Equal(30, SiteDay.Of(new DateOnly(2011, 12, 31), samoa).StandardNoon.Day);
    }
}
