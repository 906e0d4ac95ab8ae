using IotGateway.Cloud.Weather;
using IotGateway.Cloud.Weather.Hours;
using IotGateway.Cloud.Weather.Live;
using IotGateway.Cloud.Weather.Providers;
using IotGateway.Cloud.Weather.Providers.OpenMeteo;
using IotGateway.Cloud.Weather.Providers.TheWeatherCompany;
using Microsoft.Extensions.Logging.Abstractions;

namespace IotGateway.Cloud.Tests.Weather;

public sealed class LiveSiteTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 8, 7, 12, 20, 0, TimeSpan.Zero);
    private static readonly WeatherPlace Hill = new("hill", 45.5, -73.6, ElevationMetres: 30);
    private readonly TempFolder _folder = new();
    private readonly JumpingTime _time = new(Start);

    [Fact]
    public async Task TheNextProviderIsAskedOnlyWhenTheFirstFails()
    {
        var (first, second) = (new Fake("first", _time), new Fake("second", _time));
        var site = Site([first, second]);

        Assert.True(await site.RefreshAsync(default));
        Assert.Equal((1, 0), (first.Asked, second.Asked));
        Assert.Equal("first", site.Series()!.Source);

        first.Down = true;
        Assert.True(await site.RefreshAsync(default));
        Assert.Equal((2, 1), (first.Asked, second.Asked));
        Assert.Equal([WeatherCondition.Stale, WeatherCondition.Fresh], site.States.Select(s => s.Condition));
        Assert.Equal("by first; by second", site.Series()!.Attribution);
    }

    [Fact]
    public async Task WhenNoneAnswersTheOldIsServedWithItsAgeAndTheReason()
    {
        var provider = new Fake("only", _time);
        var site = Site([provider]);
        await site.RefreshAsync(default);
        provider.Down = true;
        _time.Advance(TimeSpan.FromHours(2));

        Assert.False(await site.RefreshAsync(default));
        Assert.False(await site.RefreshAsync(default));

        var state = Assert.Single(site.States);
        Assert.Equal(
            (WeatherCondition.Stale, Start, TimeSpan.FromHours(2), 2),
            (state.Condition, state.LastSuccess, state.Age, state.FailuresInARow));
        Assert.Equal((WeatherFault.NotJson, "hill"), (state.LastError!.Fault, state.LastError.Place));
        Assert.NotNull(site.Series()!.AsOf(Start));
    }

    [Fact]
    public void ASiteThatNeverHadWeatherSaysSo() =>
        Assert.Equal(WeatherCondition.Resting, Assert.Single(Site([new Fake("only", _time)]).States).Condition);

    [Fact]
    public async Task FailingFromTheStartHasNoSeries()
    {
        var site = Site([new Fake("only", _time) { Down = true }]);
        await site.RefreshAsync(default);
        Assert.Null(site.Series());
        Assert.Equal(WeatherCondition.Failing, Assert.Single(site.States).Condition);
    }

    [Fact]
    public async Task WhatWasKnownBeforeAStartIsKnownAfterIt()
    {
        var provider = new Fake("only", _time);
        var before = Site([provider]);
        await before.RefreshAsync(default);
        _time.Advance(TimeSpan.FromHours(1));
        provider.Celsius = 25;
        await before.RefreshAsync(default);

        var after = Site([new Fake("only", _time) { Down = true }]);

        Assert.Equal(before.Series()!.Versions, after.Series()!.Versions);
        Assert.Equal(Start.AddHours(1), Assert.Single(after.States).LastSuccess);
    }

    [Theory]
    [InlineData(45.6, false)]
    [InlineData(45.5, true)]
    public async Task WeatherOfAnotherPlaceOrCorrectionIsNotTakenUpAgain(double latitude, bool lapseRate)
    {
        await Site([new Fake("only", _time)]).RefreshAsync(default);
        Assert.Null(
            Site([new Fake("only", _time)], Hill with { Latitude = latitude }, new WeatherOptions { LapseRate = lapseRate }).Series());
    }

    [Fact]
    public async Task AnUnreadableFileIsSetAside()
    {
        await Site([new Fake("only", _time)]).RefreshAsync(default);
        var file = Assert.Single(Directory.GetFiles(_folder.Path));
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(file, bytes.AsMemory(0, bytes.Length / 2), TestContext.Current.CancellationToken);

        Assert.Null(Site([new Fake("only", _time)]).Series());

        Assert.Equal([file + ".unreadable"], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task WhatMayNotBeKeptIsNotWritten()
    {
        var site = Site([new Fake("licensed", _time) { MayKeep = false }]);
        await site.RefreshAsync(default);
        Assert.NotNull(site.Series());
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task FilesAreTheirOwnersAlone()
    {
        await Site([new Fake("only", _time)]).RefreshAsync(default);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Assert.Single(Directory.GetFiles(_folder.Path))));
    }

    [Theory]
    [InlineData(false, 20.0)]
    [InlineData(true, 20.65)] // the point lies 100 m higher
    public async Task TemperaturesAreBroughtToTheSitesHeightWhenAskedFor(bool lapseRate, double celsius)
    {
        var site = Site([new Fake("only", _time)], Hill, new WeatherOptions { LapseRate = lapseRate });
        await site.RefreshAsync(default);
        Assert.Equal(celsius, site.Series()!.AsOf(Start)!.TemperatureCelsius);
        Assert.Equal(100, site.States[0].Points[0].AboveSiteMetres);
    }

    [Fact]
    public async Task OldHoursKeepWhatWasKnownThenAndWhatIsKnownNow()
    {
        var provider = new Fake("only", _time);
        var shelf = new ProviderCache(provider, Hill);
        for (var hour = 0; hour < 5; hour++)
        {
            provider.Celsius = 20 + hour;
            shelf.Take(await provider.FetchAsync(Hill, default), false, _time.GetUtcNow());
            _time.Advance(TimeSpan.FromHours(1));
        }

        var (at, all) = (Start.AddMinutes(-20).AddHours(2), new WeatherSeries("w", "", shelf.Versions));
        shelf.Thin(Start.AddDays(20), TimeSpan.FromDays(100));
        var thin = new WeatherSeries("w", "", shelf.Versions);

        Assert.Equal(21, thin.AsOf(at)!.TemperatureCelsius);
        Assert.Equal(24, thin.AsOf(at, DateTimeOffset.MaxValue)!.TemperatureCelsius);
        Assert.Equal(all.AsOf(at), thin.AsOf(at));
        Assert.True(thin.Versions.Count < all.Versions.Count);
        shelf.Thin(Start.AddDays(200), TimeSpan.FromDays(100));
        Assert.Empty(shelf.Versions);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WhatMayNotBeKeptIsGoneAfterTwoDays(bool answers)
    {
        var provider = new Fake("licensed", _time) { MayKeep = false };
        var site = Site([provider]);
        await site.RefreshAsync(default);
        var last = Start.AddMinutes(-20).AddHours(11);

        _time.Advance(last.AddDays(2) - Start);
        provider.Down = !answers;
        provider.Hours = 0;
        await site.RefreshAsync(default);
        Assert.Equal([last], site.Series()!.Versions.Select(v => v.Time));

        _time.Advance(TimeSpan.FromMinutes(1));
        await site.RefreshAsync(default);
        Assert.Null(site.Series());
    }

    [Fact]
    public void AnObservationIsNotForgottenForAForecastThatCameLater()
    {
        var hour = Start.AddMinutes(-20);
        var shelf = new ProviderCache(new Fake("only", _time), Hill);
        var point = WeatherPoint.Of(Hill, "p", 45.5, -73.6, null);
        foreach (var (celsius, kind, minutes) in new[]
        {
            (18.0, WeatherKind.Forecast, -60), (21.0, WeatherKind.Observation, -45), (19.0, WeatherKind.Forecast, -5),
            (20.0, WeatherKind.Forecast, 20),
        })
            shelf.Take(
                new WeatherAnswer(
                    [new WeatherPart(point, [new WeatherHour(hour, celsius, 50, 0) { Kind = kind, Issued = hour.AddMinutes(minutes) }])],
                    0), false, Start);
        Assert.Equal(21, new WeatherSeries("w", "", shelf.Versions).AsOf(hour)!.TemperatureCelsius);

        shelf.Thin(Start.AddDays(20), TimeSpan.FromDays(100));

        var thin = new WeatherSeries("w", "", shelf.Versions);
        Assert.Equal(21, thin.AsOf(hour)!.TemperatureCelsius);
        Assert.Equal(21, thin.AsOf(hour, DateTimeOffset.MaxValue)!.TemperatureCelsius);
    }

    [Fact]
    public void TheRainOfAnHourOutlivesTheAnswerThatBeginsWithIt()
    {
        // The rain of the hour that ends at the first time of an answer was in the answer before.
        var shelf = new ProviderCache(new Fake("only", _time), Hill);
        var montreal = new WeatherPlace("montreal", 45.49, -73.58);
        shelf.Take(TheWeatherCompanyProvider.ReadHourly(montreal, Samples.Bytes("twc-hourly-made-up.json"), Start), false, Start);
        var hour = new WeatherSeries("w", "", shelf.Versions).Versions.Single(h => h.PrecipitationMillimetres == 0.5);

        shelf.Take(
            new WeatherAnswer(
                [
                    new WeatherPart(
                        WeatherPoint.Of(Hill, "p", 45.5, -73.6, null),
                        [hour with { PrecipitationMillimetres = null, TemperatureCelsius = 25, Issued = Start.AddHours(1) }]),
                ], 0), false, Start);

        var now = new WeatherSeries("w", "", shelf.Versions).Range(hour.Time, hour.Time.AddHours(1))[0];
        Assert.Equal((25.0, 0.5), (now.TemperatureCelsius, now.PrecipitationMillimetres));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TheArchiveFillsTheDaysBeforeAYearAtATime(bool archiveAnswers)
    {
        await using var server = await ProviderServer.StartAsync();
        server.Answers["/v1/forecast"] = ProviderServer.Body(Samples.Bytes("open-meteo-made-up.json"));
        if (archiveAnswers)
        {
            server.Answers["/v1/archive"] = ProviderServer.InTurn(
                ProviderServer.Body(Samples.Text("open-meteo-made-up.json")
                    .Replace("2026-08-07T", "2025-08-07T", StringComparison.Ordinal)),
                ProviderServer.Body(Samples.Text("open-meteo-made-up.json")
                    .Replace("2026-08-07T", "2025-07-03T", StringComparison.Ordinal)));
        }

        using var http = WeatherLine.Client();
        var site = Site(
            [new OpenMeteoProvider(new WeatherLine(http, _time, () => 0), server.Address, server.Address, _time)], Hill,
            new WeatherOptions { HistoryDays = 400 });

        Assert.True(await site.RefreshAsync(default));
        Assert.True(await site.RefreshAsync(default));

        var asked = server.Asked
            .Where(a => a.Path == "/v1/archive")
            .Select(a => a.Query[a.Query.IndexOf("&start_date", StringComparison.Ordinal)..]);
        string[] years = ["&start_date=2025-08-07&end_date=2026-08-06", "&start_date=2025-07-03&end_date=2025-08-06"];
        Assert.Equal(archiveAnswers ? years : years[..1], asked);
        Assert.Equal(archiveAnswers ? 9 : 3, site.Series()!.Count);
        Assert.Equal((WeatherCondition.Fresh, archiveAnswers), (site.States[0].Condition, site.States[0].LastError is null));
    }

    public void Dispose() => _folder.Dispose();

    private LiveSite Site(IReadOnlyList<IWeatherProvider> providers, WeatherPlace? place = null, WeatherOptions? options = null) => new(
        "hill", [.. providers.Select(p => new ProviderCache(p, place ?? Hill))],
        new WeatherCache(_folder.Path, options?.LapseRate ?? false, NullLogger<WeatherCache>.Instance), options ?? new WeatherOptions(),
        _time);

    private sealed class Fake(string name, TimeProvider time) : IWeatherProvider
    {
        public bool Down { get; set; }

        public int Asked { get; private set; }

        public double Celsius { get; set; } = 20;

        public int Hours { get; set; } = 12;

        public string Name => name;

        public string Attribution => "by " + name;

        public string Terms => "none";

        public bool MayKeep { get; init; } = true;

        public Task<WeatherAnswer> FetchAsync(WeatherPlace place, CancellationToken cancel)
        {
            Asked++;
            if (Down)
                throw new WeatherException(new WeatherFailure(name, place.Site, WeatherFault.NotJson, "the answer is HTML; expected JSON"));
            var now = time.GetUtcNow();
            var hours = Enumerable.Range(0, Hours)
                .Select(h => new WeatherHour(Start.AddMinutes(-20).AddHours(h), Celsius, 50, 0)
                {
                    Kind = WeatherKind.Forecast,
                    Issued = now,
                });
            return Task.FromResult(new WeatherAnswer([new WeatherPart(WeatherPoint.Of(place, "point", 45.5, -73.6, 130), [.. hours])], 0));
        }
    }
}
