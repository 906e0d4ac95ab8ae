using System.Text;
using IotGateway.Cloud.Weather;
using IotGateway.Cloud.Weather.Live;
using IotGateway.Cloud.Weather.Providers;

namespace IotGateway.Cloud.Tests.Weather;

public sealed class TheWeatherCompanyTests
{
    private static readonly DateTimeOffset Fetched = new(2026, 8, 7, 11, 30, 0, TimeSpan.Zero);
    private static readonly WeatherPlace Montreal = new("montreal", 45.49, -73.58);

    [Fact]
    public void RainOfTheHourThatBeginsStandsAtItsEnd()
    {
        var hours = TheWeatherCompany.ReadHourly(Montreal, Samples.Bytes("twc-hourly-made-up.json"), Fetched).Parts[0].Hours;

        Assert.Equal(new DateTimeOffset(2026, 8, 7, 12, 0, 0, TimeSpan.Zero), hours[0].Time);
        Assert.Equal([null, 0.5, 0.0], hours.Select(h => h.PrecipitationMillimetres));
        Assert.Equal([20.0, 21.0, null], hours.Select(h => h.TemperatureCelsius));
        Assert.Equal([null, 30.0, null], hours.Select(h => h.GustKilometresPerHour));
        Assert.All(hours, h => Assert.Equal((WeatherKind.Forecast, Fetched), (h.Kind, h.Issued)));
    }

    [Fact]
    public void TheDaypartsAreTwiceAsManyAndThoseThatAreOverAreNull()
    {
        var days = TheWeatherCompany.ReadDaily(Montreal, Samples.Bytes("twc-daily-made-up.json"), Fetched);

        Assert.Equal([new DateOnly(2026, 8, 7), new DateOnly(2026, 8, 8)], days.Select(d => d.Day));
        Assert.Equal((null, 15.0, null, 80.0), (days[0].MaximumCelsius, days[0].MinimumCelsius, days[0].DayHumidityPercent, days[0].NightHumidityPercent));
        Assert.Equal((27.0, 16.0, 55.0, 15.0), (days[1].MaximumCelsius, days[1].MinimumCelsius, days[1].DayHumidityPercent, days[1].DayWindKilometresPerHour));
    }

    [Theory]
    [InlineData("[null,80,55,82]", "[80,55]", "'relativeHumidity' has 2 values for 4 times")]
    [InlineData("1786190400", "\"soon\"", "expected seconds since 1970")]
    public void WrongShapesAreNamed(string right, string wrong, string detail)
    {
        var text = Samples.Text("twc-daily-made-up.json").Replace(right, wrong, StringComparison.Ordinal);
        var failure = Assert.Throws<WeatherException>(() => TheWeatherCompany.ReadDaily(Montreal, Encoding.UTF8.GetBytes(text), Fetched)).Failure;
        Assert.Contains(detail, failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheKeyIsSentAndNeverTold()
    {
        await using var server = await ProviderServer.StartAsync();
        server.Answers["/"] = ProviderServer.Status(401);
        using var http = WeatherLine.Client();
        var time = new JumpingTime(Fetched);
        var provider = new TheWeatherCompany(new WeatherLine(http, time, () => 0), server.Address, new TheWeatherCompanyOptions { ApiKey = "s3cret" }, time);

        var error = await Assert.ThrowsAsync<WeatherException>(() => provider.FetchAsync(Montreal, default));

        Assert.Contains("&apiKey=s3cret", Assert.Single(server.Asked).Query, StringComparison.Ordinal);
        Assert.Contains("units=m", server.Asked.First().Query, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
        Assert.False(provider.MayKeep);
    }
}
