using System.Text;
using IotGateway.Cloud.Weather.Hours;
using IotGateway.Cloud.Weather.Providers;
using IotGateway.Cloud.Weather.Providers.Nws;
using static IotGateway.Cloud.Tests.Weather.ProviderServer;

namespace IotGateway.Cloud.Tests.Weather.Providers;

public sealed class NwsTests : ProviderContractTests
{
    private static readonly DateTimeOffset Fetched = new(2019, 10, 15, 0, 20, 0, TimeSpan.Zero);
    private static readonly WeatherPlace Florida = new("florida", 30, -85, ElevationMetres: 5);

    internal override WeatherPlace Place => Florida;

    internal override DateTimeOffset Now => Fetched;

    internal override IWeatherProvider Create(WeatherLine line, Uri address, TimeProvider time) =>
        new NwsProvider(line, address, "bees@example.org", time);

    internal override void Serve(ProviderServer server)
    {
        server.Answers["/points/30,-85"] = Body(Samples.Bytes("points.json"));
        server.Answers["/gridpoints/TAE/58,65/stations"] = Body(Samples.Bytes("nws-stations-made-up.json"));
        server.Answers["/gridpoints/TAE/58,65/forecast/hourly"] = Body(Samples.Bytes("gridpoints_forecast_hourly_si.json"));
    }

    [Theory]
    [InlineData("gridpoints_forecast_hourly_si.json", 25.5, 0.0)]
    [InlineData("gridpoints_forecast_us.json", 5.0, 16.093)] // 41 °F, 10 mph
    public void TheHourlyForecastIsReadInEitherUnits(string file, double celsius, double wind)
    {
        var part = NwsJson.ReadForecast(Florida, Samples.Bytes(file), Fetched, new Plausible());

        var first = part.Hours[0];
        Assert.Equal(
            (celsius, 63.0, wind, 180.0, WeatherKind.Forecast),
            (first.TemperatureCelsius, first.HumidityPercent, first.WindKilometresPerHour, first.WindDirectionDegrees, first.Kind));
        Assert.Null(first.PrecipitationMillimetres);
        Assert.Equal(7.9248, part.Point.ElevationMetres!.Value, 3);
        Assert.Equal(2.9, part.Point.AboveSiteMetres);
        Assert.InRange(part.Point.DistanceKilometres, 4, 5);
    }

    [Fact]
    public void ItIsKnownSinceItsUpdateNotSinceItsValidity()
    {
        var part = NwsJson.ReadForecast(Florida, Samples.Bytes("gridpoints_forecast_hourly_si.json"), Fetched, new Plausible());

        Assert.Equal(new DateTimeOffset(2019, 10, 15, 0, 0, 0, TimeSpan.Zero), part.Hours[0].Time);
        Assert.All(part.Hours, h => Assert.Equal(new DateTimeOffset(2019, 10, 14, 23, 16, 24, TimeSpan.Zero), h.Issued));
    }

    [Theory]
    [InlineData("stations_observations.json")]
    [InlineData("stations_observations_multiple.json")]
    [InlineData("stations_observations_other_unitcode.json")]
    public void AReportStandsForTheNextFullHourInOurUnits(string file)
    {
        var part = NwsJson.ReadObservations(
            Florida, new NwsJson.Station("KFLL", 26.07, -80.15, 10), Samples.Bytes(file), Fetched, new Plausible());

        Assert.Equal(
            new WeatherHour(new DateTimeOffset(2019, 6, 27, 11, 0, 0, TimeSpan.Zero), 10, 10, null)
            {
                WindKilometresPerHour = 36,
                GustKilometresPerHour = 36,
                WindDirectionDegrees = 10,
                PressureHectopascals = 1000,
                Issued = new DateTimeOffset(2019, 6, 27, 10, 53, 0, TimeSpan.Zero),
            },
            Assert.Single(part.Hours));
        Assert.Equal(("KFLL", 10.0), (part.Point.Name, part.Point.ElevationMetres));
    }

    [Theory]
    [InlineData("stations_observations_empty.json")]
    [InlineData("stations_observations_missing_value.json")]
    public void AStationWithoutDataIsAFailure(string file) => Assert.Equal(
        WeatherFault.NoData,
        Assert.Throws<WeatherException>(() => NwsJson.ReadObservations(
            Florida, new NwsJson.Station("KFLL", 26.07, -80.15, 10), Samples.Bytes(file), Fetched, new Plausible())).Failure.Fault);

    [Fact]
    public void FahrenheitIsConverted()
    {
        var text = Samples.Text("stations_observations.json").Replace("unit:degC", "wmoUnit:degF", StringComparison.Ordinal);
        var part = NwsJson.ReadObservations(
            Florida, new NwsJson.Station("KFLL", 26.07, -80.15, 10), Encoding.UTF8.GetBytes(text), Fetched, new Plausible());
        Assert.Equal(-12.222, part.Hours[0].TemperatureCelsius); // 10 °F
    }

    [Theory]
    [InlineData("unit:degC", "unit:furlong", WeatherFault.WrongUnit, "'temperature' is in 'unit:furlong'; expected a unit of °C")]
    [InlineData("unit:m_s-1", "unit:degC", WeatherFault.WrongUnit, "expected a unit of km/h")]
    [InlineData(
        "2019-06-27T10:53:00+00:00\",\n                \"rawMessage", "2019-06-27T10:53:00\",\n                \"rawMessage",
        WeatherFault.WrongShape, "expected a time with its offset")]
    internal void WrongUnitsAndTimesAreNamed(string right, string wrong, WeatherFault fault, string detail)
    {
        var text = Samples.Text("stations_observations.json");
        Assert.Contains(right, text, StringComparison.Ordinal);
        var failure = Assert.Throws<WeatherException>(() => NwsJson.ReadObservations(
            Florida, new NwsJson.Station("KFLL", 26.07, -80.15, 10),
            Encoding.UTF8.GetBytes(text.Replace(right, wrong, StringComparison.Ordinal)), Fetched, new Plausible())).Failure;
        Assert.Equal(fault, failure.Fault);
        Assert.Contains(detail, failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void AReportOfTheEndOfTimeIsNamed()
    {
        var text = Samples.Text("stations_observations.json")
            .Replace("2019-06-27T10:53:00+00:00", "9999-12-31T23:53:00+00:00", StringComparison.Ordinal);
        Assert.Equal(
            WeatherFault.WrongShape,
            Assert.Throws<WeatherException>(() => NwsJson.ReadObservations(
                Florida, new NwsJson.Station("KFLL", 26.07, -80.15, 10), Encoding.UTF8.GetBytes(text), Fetched,
                new Plausible())).Failure.Fault);
    }

    [Theory]
    [InlineData("""{"type":"Polygon","coordinates":[1,2]}""")]
    [InlineData("""{"type":"Polygon","coordinates":[]}""")]
    [InlineData("""{"type":"Point","coordinates":[1]}""")]
    [InlineData("""{"type":"GeometryCollection","geometries":[]}""")]
    [InlineData("""{"type":"Point","coordinates":[-80.15,-1.7976931348623157e308]}""")]
    [InlineData("""{"type":"Point","coordinates":[26.07,-180.5]}""")]
    [InlineData("""{"type":"Point","coordinates":[null,26.07]}""")]
    public void APlaceThatIsNoPlaceIsNamed(string geometry)
    {
        var stations = $$$"""{"features":[{"geometry":{{{geometry}}},"properties":{"stationIdentifier":"KFLL"}}]}""";
        Assert.Equal(
            WeatherFault.WrongShape,
            Assert.Throws<WeatherException>(() => NwsJson.ReadStations(Florida, Encoding.UTF8.GetBytes(stations))).Failure.Fault);
    }

    [Fact]
    public void AValueThatFailedQualityControlIsLeftOut()
    {
        var text = Samples.Text("stations_observations_multiple.json");
        var rejected = text.Replace("\"qc:C\"", "\"qc:X\"", StringComparison.Ordinal);
        Assert.NotEqual(text, rejected);
        var part = NwsJson.ReadObservations(
            Florida, new NwsJson.Station("KFLL", 26.07, -80.15, 10), Encoding.UTF8.GetBytes(rejected), Fetched, new Plausible());
        Assert.Equal((10.0, null), (part.Hours[0].TemperatureCelsius, part.Hours[0].HumidityPercent));
    }

    [Fact]
    public async Task TheNearestStationWithDataIsTakenAndItsDistanceTold()
    {
        await using var server = await ServedAsync();
        server.Answers["/stations/KNEAR"] = Body(Samples.Bytes("stations_observations_empty.json"));
        server.Answers["/stations/KFAR"] = Body(Samples.Bytes("stations_observations.json"));

        var answer = await FetchAsync(server, Florida);

        Assert.Equal(["forecast grid", "KFAR"], answer.Parts.Select(p => p.Point.Name));
        Assert.Equal((50.9, 16.0), (Math.Round(answer.Parts[1].Point.DistanceKilometres, 1), answer.Parts[1].Point.AboveSiteMetres));
        var asked = server.Asked.ToArray();
        Assert.Equal(
            [
                "/points/30,-85", "/gridpoints/TAE/58,65/stations", "/gridpoints/TAE/58,65/forecast/hourly", "/stations/KNEAR/observations",
                "/stations/KFAR/observations",
            ], asked.Select(a => a.Path));
        Assert.All(asked, a => Assert.Equal("IotGateway (bees@example.org)", a.Agent));
    }

    [Fact]
    public async Task WithoutAnyStationTheForecastIsUsedAndThatIsSaid()
    {
        await using var server = await ServedAsync();

        var answer = await FetchAsync(server, Florida);

        Assert.Single(answer.Parts);
        Assert.Equal(WeatherFault.Refused, answer.Missing!.Fault);
    }

    [Fact]
    public async Task AChosenStationIsAskedAndPlacedByItsReports()
    {
        await using var server = await ServedAsync();
        server.Answers["/stations/KFLL"] = Body(Samples.Bytes("stations_observations.json"));

        var answer = await FetchAsync(server, Florida with { Station = "KFLL" });

        Assert.Equal("KFLL", answer.Parts[1].Point.Name);
        Assert.InRange(answer.Parts[1].Point.DistanceKilometres, 640, 660);
        Assert.DoesNotContain(server.Asked, a => a.Path.EndsWith("/stations", StringComparison.Ordinal));
    }

    private static async Task<ProviderServer> ServedAsync()
    {
        var server = await StartAsync();
        server.Answers["/points/30,-85"] = Body(Samples.Bytes("points.json"));
        server.Answers["/gridpoints/TAE/58,65/stations"] = Body(Samples.Bytes("nws-stations-made-up.json"));
        server.Answers["/gridpoints/TAE/58,65/forecast/hourly"] = Body(Samples.Bytes("gridpoints_forecast_hourly_si.json"));
        return server;
    }

    private static async Task<WeatherAnswer> FetchAsync(ProviderServer server, WeatherPlace place)
    {
        using var http = WeatherLine.Client();
        var time = new JumpingTime(Fetched);
        return await new NwsProvider(new WeatherLine(http, time, () => 0), server.Address, "bees@example.org", time).FetchAsync(
            place, TestContext.Current.CancellationToken);
    }
}
