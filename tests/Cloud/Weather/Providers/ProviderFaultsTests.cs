using System.Text;
using IotGateway.Cloud.Weather.Days;
using IotGateway.Cloud.Weather.Hours;
using IotGateway.Cloud.Weather.Providers;
using IotGateway.Cloud.Weather.Providers.GhcnDaily;
using IotGateway.Cloud.Weather.Providers.Nws;
using IotGateway.Cloud.Weather.Providers.OpenMeteo;
using IotGateway.Cloud.Weather.Providers.TheWeatherCompany;

namespace IotGateway.Cloud.Tests.Weather.Providers;

/// <summary>Answers as providers give them on a bad day.</summary>
public sealed class ProviderFaultsTests
{
    private static readonly DateTimeOffset Fetched = new(2026, 5, 6, 14, 20, 0, TimeSpan.Zero);
    private static readonly NwsJson.Station Station = new("KXXX", 39.87, -75.25, 6);
    private static readonly WeatherPlace Philadelphia = new("philadelphia", 39.9, -75.2);
    private static readonly WeatherPlace Turin = new("turin", 45.06, 7.7);

    [Theory]
    [InlineData("nws-obs-qc-no-prefix.json")]
    [InlineData("nws-obs-qc-old-prefix.json")]
    public void WhatQualityControlRejectedIsLeftOutInEitherSpelling(string file)
    {
        var plausible = new Plausible();
        var hours = Observed(Samples.Text("faults/" + file), plausible).Hours;

        Assert.Equal([null, 17.2, 17.8], hours.Select(h => h.TemperatureCelsius));
        Assert.Equal([2.5, null, null], hours.Select(h => h.PrecipitationMillimetres));
        Assert.Equal([11.124, 11.124, null], hours.Select(h => h.WindKilometresPerHour));
        Assert.Equal((3, null), (plausible.Refused, plausible.Unknown));
    }

    [Theory]
    [InlineData("X", true)]
    [InlineData("qc:B", true)]
    [InlineData("q", true)]
    [InlineData("https://api.weather.gov/qc/X", true)]
    [InlineData("V", false)]
    [InlineData("T", false)]
    [InlineData("G", false)]
    [InlineData("", false)]
    public void AFlagIsReadByItsLetter(string flag, bool rejected) => Assert.Equal(
        rejected ? null : 11.124,
        Observed(WithFlag($"\"{flag}\""), new Plausible()).Hours[0].WindKilometresPerHour);

    [Theory]
    [InlineData("\"R\"", "R")]
    [InlineData("7", "7")]
    [InlineData("[]", "[]")]
    public void AFlagThatIsNotKnownIsNoPassAndIsNamed(string flag, string named)
    {
        var plausible = new Plausible();

        Assert.Null(Observed(WithFlag(flag), plausible).Hours[0].WindKilometresPerHour);
        Assert.Equal(WeatherFault.WrongShape, plausible.Unknown!.Value.Fault);
        Assert.Contains($"'windSpeed' has the quality flag '{named}'", plausible.Unknown.Value.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void AnHourHasWhatAnyOfItsReportsTold()
    {
        var text = Samples.Text("faults/nws-obs-qc-no-prefix.json")
            .Replace("T11:53", "T10:58", StringComparison.Ordinal).Replace("T12:53", "T10:51", StringComparison.Ordinal);

        var hour = Assert.Single(Observed(text, new Plausible()).Hours);

        Assert.Equal(new DateTimeOffset(2026, 5, 6, 11, 0, 0, TimeSpan.Zero), hour.Time);
        Assert.Equal(new DateTimeOffset(2026, 5, 6, 10, 58, 0, TimeSpan.Zero), hour.Issued);
        Assert.Equal((17.2, 2.5, 11.124), (hour.TemperatureCelsius, hour.PrecipitationMillimetres, hour.WindKilometresPerHour));
    }

    [Theory]
    [InlineData("wmoUnit:degree_(angle)", "wmoUnit:furlong", "'windDirection' is in 'wmoUnit:furlong'")]
    [InlineData("\"value\": 101700", "\"value\": \"high\"", "'value' holds String")]
    public void AnHourCanDoWithoutSomeValuesWhichAreNamed(string right, string wrong, string detail)
    {
        var plausible = new Plausible();
        var text = Samples.Text("faults/nws-obs-qc-no-prefix.json");
        Assert.Contains(right, text, StringComparison.Ordinal);

        var hours = Observed(text.Replace(right, wrong, StringComparison.Ordinal), plausible).Hours;

        Assert.Equal(17.2, hours[1].TemperatureCelsius);
        Assert.Contains(detail, plausible.Unknown!.Value.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void AStationOfNullTemperaturesIsAFailure() => Assert.Equal(
        WeatherFault.NoData,
        Assert.Throws<WeatherException>(
            () => Observed(Samples.Text("faults/nws-obs-null-temperature.json"), new Plausible())).Failure.Fault);

    [Theory]
    [InlineData("open-meteo-plain.json", null)]
    [InlineData("open-meteo-column-null.json", null)]
    [InlineData("open-meteo-column-absent.json", "'wind_gusts_10m' is missing")]
    [InlineData("open-meteo-undefined-unit.json", "'shortwave_radiation' is in 'undefined'")]
    [InlineData("open-meteo-elevation-text.json", "'elevation' holds String")]
    public void AnOpenMeteoAnswerIsUsedAndWhatItLacksIsNamed(string file, string? named)
    {
        var answer = OpenMeteo(file);

        Assert.Equal([10.0, 11.0, 12.0, 13.0, 14.0, 15.0], answer.Parts[0].Hours.Select(h => h.TemperatureCelsius));
        if (named is null)
            Assert.Null(answer.Missing);
        else
            Assert.Contains(named, answer.Missing!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenMeteosHoursOfNullsAreNoHoursAndItsHumiditiesAreWithinReason()
    {
        Assert.Equal(3, OpenMeteo("open-meteo-last-three-null.json").Parts[0].Hours.Count);
        var answer = OpenMeteo("open-meteo-rh.json");
        Assert.Equal([null, 100.0, 0.0, null, 55.0, 100.0], answer.Parts[0].Hours.Select(h => h.HumidityPercent));
        Assert.Equal(2 + 6, answer.Refused); // and six pressures of 10 to 15 hPa
    }

    [Theory]
    [InlineData("open-meteo-cut.json", WeatherFault.NotJson)]
    [InlineData("open-meteo-nan.json", WeatherFault.NotJson)]
    [InlineData("open-meteo-list.json", WeatherFault.WrongShape)]
    [InlineData("open-meteo-partial.json", WeatherFault.WrongShape)]
    [InlineData("open-meteo-knots.json", WeatherFault.WrongUnit)]
    [InlineData("open-meteo-timezone-auto.json", WeatherFault.WrongShape)]
    internal void AnOpenMeteoAnswerThatCannotBeTrustedIsRefused(string file, WeatherFault fault) =>
        Assert.Equal(fault, Assert.Throws<WeatherException>(() => OpenMeteo(file)).Failure.Fault);

    [Fact]
    public void NullsOfTheWeatherCompanyAreNoValues()
    {
        var answer = TheWeatherCompanyProvider.ReadHourly(Philadelphia, Samples.Bytes("faults/twc-hourly-nulls.json"), Fetched);
        var hours = answer.Parts[0].Hours;

        Assert.Equal([10.0, 11.0, null], hours.Select(h => h.TemperatureCelsius));
        Assert.Equal([50.0, null, 50.0], hours.Select(h => h.HumidityPercent));
        Assert.Equal([null, 0.0, 0.3], hours.Select(h => h.PrecipitationMillimetres));
    }

    [Theory]
    [InlineData("ghcn-station.csv")]
    [InlineData("ghcn-crlf.csv")]
    [InlineData("ghcn-quoted.csv")]
    public void AStationsDaysAreReadHoweverTheyAreWritten(string file)
    {
        var read = GhcnFile.Read(new StringReader(Samples.Text("faults/" + file)), "USW00014742");

        Assert.Equal((1, 0), (read.FailedQuality, read.Unreadable));
        Assert.Equal(
            [
                new DayWeather(new DateOnly(2026, 1, 1), "USW00014742")
                {
                    MaximumCelsius = 5.6, MinimumCelsius = -1.7, PrecipitationMillimetres = 0,
                },
                new DayWeather(new DateOnly(2026, 1, 2), "USW00014742") { MinimumCelsius = -3.3, PrecipitationMillimetres = 2.5 },
                new DayWeather(new DateOnly(2026, 1, 3), "USW00014742") { MaximumCelsius = 1, MinimumCelsius = 5 },
            ],
            read.Days);
    }

    [Theory]
    [InlineData("{'@ud800':1,'hourly':{}}")]
    [InlineData("{'hourly':[{'a':'@udc00@ud800'}]}")]
    public void HalfACharacterIsAFailureByName(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json.Replace('\'', '"').Replace('@', '\\'));

        var failure = Assert.Throws<WeatherException>(() => OpenMeteoProvider.Read(Turin, bytes, Fetched, archived: false)).Failure;

        Assert.Equal(WeatherFault.WrongShape, failure.Fault);
        Assert.Contains("half a character", failure.Detail, StringComparison.Ordinal);
    }

    private static string WithFlag(string flag)
    {
        const string Wind = "\"unitCode\": \"wmoUnit:km_h-1\",\n     \"value\": 11.124,\n     \"qualityControl\": \"V\"";
        var text = Samples.Text("faults/nws-obs-qc-no-prefix.json");
        Assert.Contains(Wind, text, StringComparison.Ordinal);
        return text.Replace(Wind, Wind.Replace("\"V\"", flag, StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static WeatherPart Observed(string text, Plausible plausible) =>
        NwsJson.ReadObservations(Philadelphia, Station, Encoding.UTF8.GetBytes(text), Fetched, plausible);

    private static WeatherAnswer OpenMeteo(string file) =>
        OpenMeteoProvider.Read(Turin, Samples.Bytes("faults/" + file), Fetched, archived: false);
}
