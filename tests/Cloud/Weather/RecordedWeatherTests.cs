using IotGateway.Cloud.Weather.Providers.Recorded;

namespace IotGateway.Cloud.Tests.Weather;

/// <summary>Recorded weather as spreadsheets save it.</summary>
public sealed class RecordedWeatherTests
{
    [Theory]
    [InlineData("recorded-bom-crlf.csv", -3.5)]
    [InlineData("recorded-excel-columns.csv", -3.5)]
    [InlineData("recorded-semicolon.csv", -3.5)]
    public void ARecordingIsTheSameNumbersHoweverASpreadsheetSavesIt(string file, double celsius)
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder.File("w.csv"), Samples.Bytes("faults/" + file));

        var hour = RecordedWeather.Read("w", new RecordedWeatherOptions { File = folder.File("w.csv") })
            .AsOf(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))!;

        Assert.Equal((celsius, 80.0, 0.0), (hour.TemperatureCelsius, hour.HumidityPercent, hour.PrecipitationMillimetres));
    }

    [Theory]
    [InlineData("time_lst,temp_c,rh_pct,precip_mm\n2026-01-01 00:00:00,-3,5,80,0\n", "row 2, column 5, which has no name: '0'")]
    [InlineData("time_lst,temp_c,rh_pct,precip_mm\n2026-01-01 00:00:00,\"-3,5\",80,0\n", "row 2, column temp_c: '-3,5'")]
    [InlineData("time_lst;temp_c;rh_pct;precip_mm\n2026-01-01 00:00:00;-3,5;80;0\n2026-01-01 01:00:00;-3.6;80;0\n", "row 3, column temp_c")]
    [InlineData("time_lst,temp_c,rh_pct,precip_mm\n2026-01-01 00:00:00,-3.5,80\n", "row 2, column precip_mm")]
    [InlineData("time_lst,temp_c,rh_pct,precip_mm\n01/02/2026 00:00,-3.5,80,0\n", "row 2, column time_lst: '01/02/2026 00:00'")]
    [InlineData("time_lst,temp_c,rh_pct,precip_mm\n0001-01-01 00:00:00,-3.5,80,0\n", "row 2, column time_lst: '0001-01-01 00:00:00'")]
    [InlineData("time_lst,temp_c,rh_pct,precip_mm\n2026-01-01 00:00:00,-3.5,80,501\n", "row 2, column precip_mm: '501'")]
    [InlineData("time_lst,temp_c,rh_pct,precip_mm\n", "row 2")]
    [InlineData("", "row 1")]
    public void ARecordingThatCouldBeReadAsTwoThingsIsRefusedByRowAndColumn(string text, string where)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("w.csv"), text);

        var error = Assert.Throws<FormatException>(
            () => RecordedWeather.Read("w", new RecordedWeatherOptions { File = folder.File("w.csv"), UtcOffsetHours = 14 })).Message;

        Assert.Contains("w.csv " + where, error, StringComparison.Ordinal);
    }

    [Fact]
    public void RowsOfOneHourArePutTogetherAndABrokenArchiveIsNamed()
    {
        using var folder = new TempFolder();
        File.WriteAllText(
            folder.File("w.csv"),
            "time_lst,temp_c,rh_pct,precip_mm\n2026-01-01 00:00:00,-3.5,80,2\n2026-01-01 00:00:00,-3.4,NA,\n");
        File.WriteAllText(folder.File("w.csv.gz"), "time_lst,temp_c,rh_pct,precip_mm\n");

        var hour = RecordedWeather.Read("w", new RecordedWeatherOptions { File = folder.File("w.csv") })
            .AsOf(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))!;

        Assert.Equal((-3.4, 80.0, 2.0), (hour.TemperatureCelsius, hour.HumidityPercent, hour.PrecipitationMillimetres));
        Assert.StartsWith(
            "Weather:Recorded:w:File is '",
            Assert.Throws<FormatException>(
                () => RecordedWeather.Read("w", new RecordedWeatherOptions { File = folder.File("w.csv.gz") })).Message,
            StringComparison.Ordinal);
    }
}
