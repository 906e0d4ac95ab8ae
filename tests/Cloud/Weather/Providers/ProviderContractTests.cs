using IotGateway.Cloud.Weather;
using IotGateway.Cloud.Weather.Providers;

namespace IotGateway.Cloud.Tests.Weather.Providers;

/// <summary>Contract of every hourly weather provider, kept by each provider's own tests through this class.</summary>
public abstract class ProviderContractTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A place that the samples are of.</summary>
    internal abstract WeatherPlace Place { get; }

    /// <summary>Time at which the samples were given.</summary>
    internal abstract DateTimeOffset Now { get; }

    internal abstract IWeatherProvider Create(WeatherLine line, Uri address, TimeProvider time);

    /// <summary>Puts the provider's samples onto a server.</summary>
    internal abstract void Serve(ProviderServer server);

    [Fact]
    public async Task AnAnswerHasHoursOfThePlaceThatCanBe()
    {
        await using var server = await ProviderServer.StartAsync();
        Serve(server);

        var answer = await AskAsync(server);

        Assert.NotEmpty(answer.Parts);
        Assert.All(answer.Parts, part =>
        {
            Assert.InRange(part.Point.DistanceKilometres, 0, 100);
            Assert.Equal(part.Hours.Select(h => h.Time).Distinct().Order(), part.Hours.Select(h => h.Time).Order());
            Assert.All(part.Hours, h =>
            {
                Assert.Equal((0, 0), (h.Time.Minute, h.Time.Second));
                Assert.Equal(TimeSpan.Zero, h.Time.Offset);
                Assert.True(h.Issued <= Now.AddHours(1), $"{h.Issued:O} is after it was asked");
                Assert.InRange(h.TemperatureCelsius ?? 0, -90, 60);
                Assert.InRange(h.HumidityPercent ?? 0, 0, 100);
                Assert.InRange(h.WindKilometresPerHour ?? 0, 0, 410);
            });
        });
        Assert.Contains(answer.Parts.SelectMany(p => p.Hours), h => h.TemperatureCelsius is not null);
    }

    [Fact]
    public void ItIsListedUnderItsNameWithAddressesOfItsOwn()
    {
        var provider = Create();

        var entry = Assert.Single(WeatherProviders.All, p => p.Name == provider.Name);
        Assert.NotNull(entry.Create);
        Assert.NotEmpty(entry.Addresses);
        Assert.All(
            entry.Addresses,
            a => Assert.Equal(("https", true), (new Uri(a.Address).Scheme, a.Name.StartsWith(provider.Name, StringComparison.Ordinal))));
    }

    [Fact]
    public void ItSaysWhomToNameAndWhatItsTermsAllow()
    {
        var provider = Create();

        Assert.Matches("^[a-z0-9-]+$", provider.Name);
        Assert.StartsWith("Weather data by ", provider.Attribution, StringComparison.Ordinal);
        Assert.EndsWith(".", provider.Terms, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html>busy</html>", WeatherFault.NotJson)]
    [InlineData("", WeatherFault.NotJson)]
    [InlineData("{\"a\":", WeatherFault.NotJson)]
    [InlineData("[]", WeatherFault.WrongShape)]
    [InlineData("{}", WeatherFault.WrongShape)]
    public async Task AnAnswerThatCannotBeUsedIsAFailureByName(string body, object fault)
    {
        await using var server = await ProviderServer.StartAsync();
        server.Answers["/"] = ProviderServer.Body(body);

        await CheckFailureAsync(server, (WeatherFault)fault);
    }

    [Theory]
    [InlineData(404, WeatherFault.Refused)]
    [InlineData(401, WeatherFault.Refused)]
    [InlineData(429, WeatherFault.TooManyRequests)]
    [InlineData(503, WeatherFault.ServerError)]
    public async Task ARefusalIsAFailureByName(int status, object fault)
    {
        await using var server = await ProviderServer.StartAsync();
        server.Answers["/"] = ProviderServer.Status(status);

        await CheckFailureAsync(server, (WeatherFault)fault);
    }

    [Fact]
    public async Task WhoseAnswerIsCutOffIsUnreachable()
    {
        await using var server = await ProviderServer.StartAsync();
        server.Answers["/"] = ProviderServer.Cut(new byte[10_000]);

        await CheckFailureAsync(server, WeatherFault.Unreachable);
    }

    private async Task CheckFailureAsync(ProviderServer server, WeatherFault fault)
    {
        var failure = (await Assert.ThrowsAsync<WeatherException>(() => AskAsync(server))).Failure;

        Assert.Equal((Create().Name, Place.Site, fault), (failure.Provider, failure.Place, failure.Fault));
        Assert.DoesNotContain("?", failure.Detail, StringComparison.Ordinal);
    }

    private async Task<WeatherAnswer> AskAsync(ProviderServer server)
    {
        using var http = WeatherLine.Client();
        var time = new JumpingTime(Now);
        return await Create(new WeatherLine(http, time, () => 0), server.Address, time).FetchAsync(Place, Stop);
    }

    private IWeatherProvider Create()
    {
        using var http = WeatherLine.Client();
        var time = new JumpingTime(Now);
        return Create(new WeatherLine(http, time, () => 0), new Uri("http://127.0.0.1:1"), time);
    }
}
