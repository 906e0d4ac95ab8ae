using System.Net.Http.Json;
using System.Text.Json.Nodes;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Weather.Hours;
using IotGateway.Cloud.Weather.Live;
using IotGateway.Hosting.Configuration;

namespace IotGateway.Cloud.Tests.Weather;

public sealed class WeatherApiTests
{
    private static readonly string[] Site =
    [
        "--Apiary:Sites:0:Id", "hill", "--Apiary:Sites:0:Latitude", "45.5", "--Apiary:Sites:0:Longitude", "-73.6",
        "--Apiary:Sites:0:TimeZone", "America/Toronto",
    ];

    [Fact(Timeout = 60_000)]
    public async Task AProvidersWeatherIsShownWithItsAttributionTermsAndState()
    {
        await using var server = await ProviderServer.StartAsync();
        server.Answers["/v1/forecast"] = ProviderServer.Body(Samples.Bytes("open-meteo-made-up.json"));
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(
            folder.Path,
            [
                .. Site, "--Weather:Providers:0", "open-meteo", "--Weather:Addresses:open-meteo", server.Address.ToString(),
                "--Weather:Places:hill:ElevationMetres", "30",
            ]);
        var book = cloud.Get<WeatherRegistry>();
        var site = cloud.Get<IotGateway.Cloud.Sites.Apiary>().Sites[0];
        while (book.For(site) is null)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        var weather = await GetAsync(cloud, "/api/weather/hill?from=2026-08-07T00:00:00Z&to=2026-08-08T00:00:00Z");
        var state = Assert.Single((await GetAsync(cloud, "/api/weather")).AsArray())!;
        var days = await GetAsync(cloud, "/api/weather/hill/days?from=2026-08-07&to=2026-08-07");

        Assert.Equal("Weather data by Open-Meteo.com (CC BY 4.0)", (string?)weather["attribution"]);
        Assert.Equal(
            "20.5 10.1 1013.2 km/h",
            $"{weather["hours"]![0]!["temperature"]} {weather["hours"]![0]!["wind"]} {weather["hours"]![0]!["pressure"]} "
                + $"{weather["units"]!["wind"]}");
        Assert.Equal("open-meteo hill Fresh", $"{state["provider"]} {state["site"]} {state["condition"]}");
        Assert.Contains("CC BY 4.0", (string?)state["terms"], StringComparison.Ordinal);
        Assert.Equal(6, (double)state["points"]![0]!["aboveSiteMetres"]!);
        Assert.Equal(
            "2026-08-07 24 0.125",
            $"{days["days"]![0]!["day"]} {days["days"]![0]!["hours"]} {days["days"]![0]!["growingDegreeDays"]!["coverage"]}");
        Assert.Null(days["days"]![0]!["growingDegreeDays"]!["value"]);
        Assert.NotNull(days["days"]![0]!["noonMissing"]);
    }

    [Fact]
    public async Task WithoutConfigurationNobodyIsAsked()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path, Site);
        Assert.Empty((await GetAsync(cloud, "/api/weather")).AsArray());
        Assert.Empty(cloud.Get<IotGateway.Cloud.Weather.Live.LiveWeather>().Sites);
    }

    [Fact]
    public async Task ARecordedSiteAsksNobodyEvenWithProviders()
    {
        await using var server = await ProviderServer.StartAsync();
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(
            folder.Path,
            [
                .. Site, "--Apiary:Sites:0:Origin", "Recorded", "--Weather:Providers:0", "open-meteo", "--Weather:Addresses:open-meteo",
                server.Address.ToString(),
            ]);
        Assert.Empty(cloud.Get<IotGateway.Cloud.Weather.Live.LiveWeather>().Sites);
        Assert.Empty(server.Asked);
    }

    [Theory]
    [InlineData("Weather:Providers:0", "moon", "one of open-meteo")]
    [InlineData("Weather:Providers:0", "nws", "a mail address")]
    [InlineData("Weather:Providers:0", "the-weather-company", "a key")]
    [InlineData("Weather:RefreshMinutes", "1", "10 to 1440")]
    [InlineData("Weather:KeepDays", "3", "15 to 3650")]
    [InlineData("Weather:HistoryDays", "801", "0 to 800")]
    [InlineData("Weather:Contact", "a b", "printable")]
    [InlineData("Weather:Addresses:nws", "http://example.org", "an https address")]
    [InlineData("Weather:Addresses:moon", "https://example.org", "a name among")]
    [InlineData("Weather:Places:dale:ElevationMetres", "3", "the id of a site")]
    [InlineData("Weather:Places:hill:ElevationMetres", "30000", "-430 to 9000")]
    [InlineData("Weather:Places:hill:NwsStation", "../x", "a station's id")]
    public async Task WrongOptionsAreNamedWithWhatWasExpected(string key, string value, string expected)
    {
        using var folder = new TempFolder();
        var error = await Assert.ThrowsAsync<ConfigurationException>(() => TestCloud.StartAsync(folder.Path, [.. Site, "--" + key, value]));
        Assert.Contains("Weather:", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("from=2021-13-01", "from")]
    [InlineData("to=yesterday", "to")]
    [InlineData("from=2019-01-01&to=2021-01-01", "from")]
    [InlineData("from=2021-07-02&to=2021-07-01", "from")]
    public async Task WrongDaysAreNamed(string query, string parameter)
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path, Site);
        using var http = cloud.Http;
        var answer = await http.GetAsync(
            new Uri($"/api/weather/hill/days?{query}", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(
            parameter, (string?)(await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!["parameter"]);
    }

    private static async Task<JsonNode> GetAsync(TestCloud cloud, string path)
    {
        using var http = cloud.Http;
        return (await http.GetFromJsonAsync<JsonNode>(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken))!;
    }
}
