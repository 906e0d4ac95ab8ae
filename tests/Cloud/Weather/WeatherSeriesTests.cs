using CsCheck;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Tests.Sites;
using IotGateway.Cloud.Weather.Hours;
using IotGateway.Cloud.Weather.Providers.Recorded;
using IotGateway.Cloud.Weather;
using IotGateway.Hosting.Configuration;

namespace IotGateway.Cloud.Tests.Weather;

public sealed class WeatherSeriesTests
{
    private static readonly DateTimeOffset Start = new(2021, 7, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void AsOfIsTheNewestKnownThenAndNeverLooksAhead() => Gen.Select(
        Gen.Select(Gen.Int[0, 300], Gen.Double[-20, 35], Gen.Bool).Array[0, 8], Gen.Int[-10, 460]).Sample(
        (hours, at) =>
        {
            var all = hours
                .DistinctBy(h => h.Item1)
                .Select(h => new WeatherHour(Start.AddMinutes(h.Item1), h.Item3 ? h.Item2 : null, null, null))
                .ToArray();
            var time = Start.AddMinutes(at);
            var expected = all
                .Where(h => h.TemperatureCelsius is not null && h.Time <= time && time - h.Time <= WeatherSeries.MaxAge)
                .MaxBy(h => h.Time);

            Assert.Equal(expected, new WeatherSeries("w", "", all).AsOf(time));
        },
        iter: 5_000);

    [Fact]
    public void RangeIsFromToExclusiveWithItsGaps() => Gen.Select(Gen.Int[0, 200].Array[0, 40], Gen.Int[0, 200], Gen.Int[0, 200])
        .Sample((minutes, a, b) =>
        {
            var all = minutes.Distinct().Select(m => new WeatherHour(Start.AddMinutes(m), null, null, null)).ToArray();
            var (from, to) = (Start.AddMinutes(a), Start.AddMinutes(b));

            Assert.Equal(
                all.Where(h => h.Time >= from && h.Time < to).OrderBy(h => h.Time),
                new WeatherSeries("w", "", all).Range(from, to).ToArray());
        });

    [Fact]
    public void ReadsTheMontrealRecording()
    {
        var series = RecordedWeather.Read(
            "montreal", new RecordedWeatherOptions { File = Recording.Path, UtcOffsetHours = -5, Attribution = "ECCC" });

        Assert.Equal(13_896, series.Count);
        var first = series.AsOf(new DateTimeOffset(2021, 6, 1, 5, 59, 0, TimeSpan.Zero))!;
        Assert.Equal(
            (new DateTimeOffset(2021, 6, 1, 5, 0, 0, TimeSpan.Zero), 14.6, 56.0, 0.0),
            (first.Time, first.TemperatureCelsius, first.HumidityPercent, first.PrecipitationMillimetres));
        Assert.Null(series.AsOf(new DateTimeOffset(2021, 6, 1, 4, 59, 59, TimeSpan.Zero)));
        Assert.Equal(
            120,
            series.Range(DateTimeOffset.MinValue.AddDays(1), DateTimeOffset.MaxValue).ToArray().Count(h => h.TemperatureCelsius is null));
    }

    [Fact]
    public void ASiteThatNamesAWeatherThatIsNotThereIsAnError()
    {
        var options = Some.Apiary();
        options.Sites[1].Weather = "moon";

        var error = Assert.Throws<ConfigurationException>(
            () => WeatherRoom.Read(new WeatherOptions(), Apiary.From(options).Sites));
        Assert.StartsWith("Apiary:Sites:1:Weather is 'moon'; expected", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileWithoutAColumnIsNamedWithIt()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("w.csv"), "time,temp_c\n2021-06-01 00:00:00,1\n");

        var error =
            Assert.Throws<FormatException>(() => RecordedWeather.Read(
                "w", new RecordedWeatherOptions { File = folder.File("w.csv"), UtcOffsetHours = 0 }));
        Assert.Contains("w.csv", error.Message, StringComparison.Ordinal);
        Assert.Contains("time_lst", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-9999,50,0")]
    [InlineData("20,-9999,0")]
    [InlineData("20,50,-9999")]
    [InlineData("NaN,50,0")]
    [InlineData("20,1e999,0")]
    public void AValueThatCannotBeIsNoWeather(string values)
    {
        using var folder = new TempFolder();
        File.WriteAllText(
            folder.File("w.csv"), $"time_lst,temp_c,rh_pct,precip_mm\n2021-06-01 00:00:00,1,,\n2021-06-01 01:00:00,{values}\n");

        var error =
            Assert.Throws<FormatException>(() => RecordedWeather.Read(
                "w", new RecordedWeatherOptions { File = folder.File("w.csv"), UtcOffsetHours = 0 }));
        Assert.Contains("w.csv row ", error.Message, StringComparison.Ordinal);
        Assert.Contains("cannot be", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/does/not/exist.csv", 0, "Weather:Recorded:w:File is '/does/not/exist.csv'")]
    [InlineData(null, 99, "Weather:Recorded:w:UtcOffsetHours is 99")]
    public void AWrongFileIsNamedByItsKey(string? file, double offset, string message) => Assert.StartsWith(
        message,
        Assert.Throws<FormatException>(() => RecordedWeather.Read(
            "w", new RecordedWeatherOptions { File = file ?? Recording.Path, UtcOffsetHours = offset })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void AnHourToldTwiceHasTheValuesOfBoth()
    {
        var at = new DateTimeOffset(2021, 7, 1, 10, 0, 0, TimeSpan.Zero);
        var series = new WeatherSeries(
            "w", "",
            [
                new WeatherHour(at, 20, null, 2.5) { PressureHectopascals = 1010, Issued = at.AddMinutes(-30) },
                new WeatherHour(at, 21, 60, null) { Issued = at.AddMinutes(-7) },
                new WeatherHour(at, 19, null, 9)
                {
                    Kind = WeatherKind.Forecast, RadiationWattsPerSquareMetre = 300, Issued = at.AddHours(-5),
                },
            ]);

        var hour = series.AsOf(at)!;
        Assert.Equal((21.0, 60.0), (hour.TemperatureCelsius, hour.HumidityPercent));
        Assert.Equal((2.5, 1010.0), (hour.PrecipitationMillimetres, hour.PressureHectopascals));
        Assert.Null(hour.RadiationWattsPerSquareMetre); // an estimate never stands for a measurement
        var before = series.AsOf(at, at.AddMinutes(-10))!;
        Assert.Equal((20.0, null, 2.5), (before.TemperatureCelsius, before.HumidityPercent, before.PrecipitationMillimetres));
    }
}
