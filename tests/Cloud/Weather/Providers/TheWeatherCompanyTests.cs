using System.Text;
using IotGateway.Cloud.Weather.Hours;
using IotGateway.Cloud.Weather.Providers;
using IotGateway.Cloud.Weather.Providers.TheWeatherCompany;

namespace IotGateway.Cloud.Tests.Weather.Providers;

public sealed class TheWeatherCompanyTests : ProviderContractTests
{
    private static readonly DateTimeOffset Fetched = new(2026, 8, 7, 11, 30, 0, TimeSpan.Zero);
    private static readonly WeatherPlace Montreal = new("montreal", 45.49, -73.58);

    internal override WeatherPlace Place => Montreal;

    internal override DateTimeOffset Now => Fetched;

    internal override IWeatherProvider Create(WeatherLine line, Uri address, TimeProvider time) =>
        new TheWeatherCompanyProvider(line, address, new TheWeatherCompanyOptions { ApiKey = "s3cret" }, time);

    internal override void Serve(ProviderServer server)
    {
        server.Answers["/v3/wx/forecast/hourly/2day"] = ProviderServer.Body(Samples.Bytes("twc-hourly-made-up.json"));
    }

    [Fact]
    public void RainOfTheHourThatBeginsStandsAtItsEnd()
    {
        var hours = TheWeatherCompanyProvider.ReadHourly(Montreal, Samples.Bytes("twc-hourly-made-up.json"), Fetched).Parts[0].Hours;

        Assert.Equal(new DateTimeOffset(2026, 8, 7, 12, 0, 0, TimeSpan.Zero), hours[0].Time);
        Assert.Equal([null, 0.5, 0.0], hours.Select(h => h.PrecipitationMillimetres));
        Assert.Equal([20.0, 21.0, null], hours.Select(h => h.TemperatureCelsius));
        Assert.Equal([null, 30.0, null], hours.Select(h => h.GustKilometresPerHour));
        Assert.All(hours, h => Assert.Equal((WeatherKind.Forecast, Fetched), (h.Kind, h.Issued)));
    }

    [Theory]
    [InlineData("[70,65,60]", "[70,65]", "'relativeHumidity' has 2 values for 3 times")]
    [InlineData("1786107600", "\"soon\"", "expected seconds since 1970")]
    public void WrongShapesAreNamed(string right, string wrong, string detail)
    {
        var text = Samples.Text("twc-hourly-made-up.json").Replace(right, wrong, StringComparison.Ordinal);
        var failure =
            Assert.Throws<WeatherException>(() => TheWeatherCompanyProvider.ReadHourly(
                Montreal, Encoding.UTF8.GetBytes(text), Fetched)).Failure;
        Assert.Contains(detail, failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheKeyIsSentAndNeverTold()
    {
        await using var server = await ProviderServer.StartAsync();
        server.Answers["/"] = ProviderServer.Status(401);
        using var http = WeatherLine.Client();
        var time = new JumpingTime(Fetched);
        var provider = new TheWeatherCompanyProvider(
            new WeatherLine(http, time, () => 0), server.Address, new TheWeatherCompanyOptions { ApiKey = "s3cret" }, time);

        var error = await Assert.ThrowsAsync<WeatherException>(() => provider.FetchAsync(Montreal, default));

        Assert.Contains("&apiKey=s3cret", Assert.Single(server.Asked).Query, StringComparison.Ordinal);
        Assert.Contains("units=m", server.Asked.First().Query, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
        Assert.False(provider.MayKeep);
    }
}
