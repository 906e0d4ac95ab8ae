using System.Text;
using IotGateway.Cloud.Weather.Hours;
using IotGateway.Cloud.Weather.Providers;
using IotGateway.Cloud.Weather.Providers.OpenMeteo;

namespace IotGateway.Cloud.Tests.Weather.Providers;

public sealed class OpenMeteoTests : ProviderContractTests
{
    private static readonly DateTimeOffset Fetched = new(2026, 8, 7, 11, 30, 0, TimeSpan.Zero);
    private static readonly WeatherPlace Montreal = new("montreal", 45.49, -73.58, ElevationMetres: 30);

    internal override WeatherPlace Place => Montreal;

    internal override DateTimeOffset Now => Fetched;

    internal override IWeatherProvider Create(WeatherLine line, Uri address, TimeProvider time) =>
        new OpenMeteoProvider(line, address, address, time);

    internal override void Serve(ProviderServer server)
    {
        server.Answers["/v1/forecast"] = ProviderServer.Body(Samples.Bytes("open-meteo-made-up.json"));
    }

    [Fact]
    public void HoursHaveTheirValuesKindAndIssue()
    {
        var part = Assert.Single(Read(Samples.Text("open-meteo-made-up.json")).Parts);

        Assert.Equal(3, part.Hours.Count); // the hour of nulls is no hour
        Assert.Equal(
            new WeatherHour(new DateTimeOffset(2026, 8, 7, 10, 0, 0, TimeSpan.Zero), 20.5, 60, 0)
            {
                WindKilometresPerHour = 10.1,
                GustKilometresPerHour = 20.1,
                WindDirectionDegrees = 270,
                PressureHectopascals = 1013.2,
                RadiationWattsPerSquareMetre = 400,
                Kind = WeatherKind.Analysis,
                Issued = Fetched,
            },
            part.Hours[0]);
        Assert.Equal((WeatherKind.Forecast, Fetched), (part.Hours[2].Kind, part.Hours[2].Issued));
        Assert.Equal((1.91, 36, 6), (part.Point.DistanceKilometres, part.Point.ElevationMetres, part.Point.AboveSiteMetres));
    }

    [Fact]
    public void TheArchiveCountsAsKnownAfterFiveDaysAtMost()
    {
        var fetched = new DateTimeOffset(2026, 8, 12, 11, 30, 0, TimeSpan.Zero);

        var hours = OpenMeteoProvider.Read(Montreal, Samples.Bytes("open-meteo-made-up.json"), fetched, archived: true).Parts[0].Hours;

        Assert.Equal([hours[0].Time.AddDays(5), hours[1].Time.AddDays(5), fetched], hours.Select(h => h.Issued));
        Assert.All(hours, h => Assert.Equal(WeatherKind.Analysis, h.Kind));
    }

    [Theory]
    [InlineData(
        "\"temperature_2m\":\"°C\"", "\"temperature_2m\":\"°F\"", WeatherFault.WrongUnit, "'temperature_2m' is in '°F'; expected '°C'")]
    [InlineData("\"wind_speed_10m\":\"km/h\",", "", WeatherFault.WrongShape, "'wind_speed_10m' is missing")]
    [InlineData("\"utc_offset_seconds\":0", "\"utc_offset_seconds\":-14400", WeatherFault.WrongShape, "expected times in UTC")]
    [InlineData("[20.5,21.0,null,22.5]", "[20.5,21.0,null]", WeatherFault.WrongShape, "'temperature_2m' has 3 values for 4 times")]
    [InlineData("[20.5,21.0,null,22.5]", "[NaN,21.0,null,22.5]", WeatherFault.NotJson, "JSON in line")]
    [InlineData("[20.5,21.0,null,22.5]", "[1e999,21.0,null,22.5]", WeatherFault.WrongShape, "expected a finite number")]
    [InlineData(
        "[20.5,21.0,null,22.5]", "[\"warm\",21.0,null,22.5]", WeatherFault.WrongShape,
        "'temperature_2m' holds String; expected a number or null")]
    [InlineData("2026-08-07T11:00", "2026-08-07T10:00", WeatherFault.WrongShape, "an hour is there twice")]
    [InlineData("2026-08-07T11:00", "yesterday", WeatherFault.WrongShape, "a time is \"yesterday\"")]
    [InlineData("\"latitude\":45.5", "\"latitude\":25.5", WeatherFault.WrongPlace, "km away")]
    [InlineData("\"hourly\":", "\"daily\":", WeatherFault.WrongShape, "'hourly' is missing")]
    [InlineData(
        "\"latitude\":45.5", "\"error\":true,\"reason\":\"no such place\",\"latitude\":45.5", WeatherFault.Refused, "no such place")]
    internal void WhatIsNotAsExpectedIsAFailureThatSaysSo(string right, string wrong, WeatherFault fault, string detail)
    {
        var text = Samples.Text("open-meteo-made-up.json");
        Assert.Contains(right, text, StringComparison.Ordinal);

        var failure = Assert.Throws<WeatherException>(() => Read(text.Replace(right, wrong, StringComparison.Ordinal))).Failure;

        Assert.Equal((fault, "open-meteo", "montreal"), (failure.Fault, failure.Provider, failure.Place));
        Assert.Contains(detail, failure.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", WeatherFault.NotJson, "nothing")]
    [InlineData("<!DOCTYPE html><html><body>Busy</body></html>", WeatherFault.NotJson, "HTML")]
    [InlineData("[]", WeatherFault.WrongShape, "expected an object")]
    internal void OtherThanJsonIsNamed(string body, WeatherFault fault, string detail)
    {
        var failure = Assert.Throws<WeatherException>(() => Read(body)).Failure;
        Assert.Equal(fault, failure.Fault);
        Assert.Contains(detail, failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryTruncationIsAFailureAndNeverANumber()
    {
        var bytes = Samples.Bytes("open-meteo-made-up.json").AsSpan().TrimEnd("\n"u8).ToArray();
        for (var length = 0; length < bytes.Length; length++)
            Assert.Throws<WeatherException>(() => OpenMeteoProvider.Read(Montreal, bytes.AsMemory(0, length), Fetched, archived: false));
    }

    [Fact]
    public void ADailyAnswerIsNotTakenForHours()
    {
        var zurich = new WeatherPlace("zurich", 47.3769, 8.5417);
        var failure =
            Assert.Throws<WeatherException>(() => OpenMeteoProvider.Read(
                zurich, Samples.Bytes("open-meteo-daily-zurich.json"), Fetched, archived: false)).Failure;
        Assert.Equal(WeatherFault.WrongShape, failure.Fault);
    }

    [Fact]
    public void TimesOutOfOrderAreSortedByTheSeries()
    {
        var text = Samples.Text("open-meteo-made-up.json").Replace("T10:00\"", "T15:00\"", StringComparison.Ordinal);
        var series = new WeatherSeries("w", "", Read(text).Parts[0].Hours);
        Assert.Equal(20.5, series.AsOf(new DateTimeOffset(2026, 8, 7, 15, 10, 0, TimeSpan.Zero))!.TemperatureCelsius);
        Assert.Equal(22.5, series.AsOf(new DateTimeOffset(2026, 8, 7, 14, 10, 0, TimeSpan.Zero))!.TemperatureCelsius);
    }

    [Fact]
    public void ValuesThatCannotBeAreLeftOutAndCounted()
    {
        var answer =
            Read(Samples.Text("open-meteo-made-up.json")
                .Replace("[20.5,21.0", "[205,21.0", StringComparison.Ordinal)
                .Replace("[60,58", "[60,-58", StringComparison.Ordinal));

        Assert.Equal(2, answer.Refused);
        Assert.Equal(
            (null, 60.0, 21.0, null),
            (answer.Parts[0].Hours[
                0].TemperatureCelsius, answer.Parts[0].Hours[0].HumidityPercent, answer.Parts[0].Hours[1].TemperatureCelsius,
                answer.Parts[0].Hours[1].HumidityPercent));
    }

    [Fact]
    public async Task AsksForUtcAndItsOwnUnits()
    {
        await using var server = await ProviderServer.StartAsync();
        server.Answers["/v1/forecast"] = ProviderServer.Body(Samples.Bytes("open-meteo-made-up.json"));
        server.Answers["/v1/archive"] = ProviderServer.Body(Samples.Bytes("open-meteo-made-up.json"));
        using var http = WeatherLine.Client();
        var time = new JumpingTime(Fetched);
        var provider = new OpenMeteoProvider(new WeatherLine(http, time, () => 0), server.Address, server.Address, time);

        await provider.FetchAsync(Montreal, default);
        await provider.FetchPastAsync(Montreal, new DateOnly(2026, 7, 1), new DateOnly(2026, 7, 31), default);

        var asked = server.Asked.ToArray();
        Assert.Contains("latitude=45.49&longitude=-73.58&elevation=30&hourly=temperature_2m,", asked[0].Query, StringComparison.Ordinal);
        Assert.Contains("&timezone=GMT", asked[0].Query, StringComparison.Ordinal);
        Assert.Equal("/v1/archive", asked[1].Path);
        Assert.Contains("&start_date=2026-07-01&end_date=2026-07-31", asked[1].Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ItsReasonForARefusalIsTold()
    {
        await using var server = await ProviderServer.StartAsync();
        server.Answers["/"] = context =>
        {
            context.Response.StatusCode = 400;
            return ProviderServer.Body(Samples.Bytes("open-meteo-error.json"))(context);
        };
        using var http = WeatherLine.Client();
        var time = new JumpingTime(Fetched);

        var error =
            await Assert.ThrowsAsync<WeatherException>(
                () => new OpenMeteoProvider(new WeatherLine(http, time, () => 0), server.Address, server.Address, time).FetchAsync(
                    Montreal, default));

        Assert.Equal(WeatherFault.Refused, error.Failure.Fault);
        Assert.Contains("Cannot initialize IconSurfaceVariable", error.Failure.Detail, StringComparison.Ordinal);
    }

    private static WeatherAnswer Read(string text) =>
        OpenMeteoProvider.Read(Montreal, Encoding.UTF8.GetBytes(text), Fetched, archived: false);
}
