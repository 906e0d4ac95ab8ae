using IotGateway.Cloud.Weather.Hours;
using IotGateway.Cloud.Weather.Providers;
using IotGateway.Cloud.Weather.Providers.GhcnDaily;
using IotGateway.Cloud.Weather.Providers.Nws;
using IotGateway.Cloud.Weather.Providers.OpenMeteo;
using IotGateway.Cloud.Weather.Providers.Recorded;
using IotGateway.Cloud.Weather.Providers.TheWeatherCompany;
using IotGateway.Tests.Services;

namespace IotGateway.Cloud.Tests.Weather;

/// <summary>Readers of providers' answers and of recorded files under mutated ones: hours that can be, or their own refusal.</summary>
public sealed class WeatherFuzzTests
{
    private const long Share = 400;
    private static readonly DateTimeOffset Now = new(2026, 5, 6, 14, 20, 0, TimeSpan.Zero);
    private static readonly WeatherPlace Turin = new("turin", 45.06, 7.7, ElevationMetres: 240);
    private static readonly WeatherPlace Florida = new("florida", 30, -85);

    [Fact]
    public void OpenMeteo() => FuzzShare.Read(
        Mutations.Of(
            [.. Faults("open-meteo-*.json"), Samples.Bytes("open-meteo-made-up.json"), Samples.Bytes("open-meteo-error.json")]),
        150_000, Share, input => Refusing(() => Check(OpenMeteoProvider.Read(Turin, input, Now, archived: input.Length % 2 == 0).Parts)));

    [Fact]
    public void NwsObservations() => FuzzShare.Read(
        Mutations.Of([.. Faults("nws-*.json"), Samples.Bytes("stations_observations_multiple.json")]), 150_000, Share, input =>
            Refusing(() => Check([NwsJson.ReadObservations(Florida, null, input, Now, new Plausible())])));

    [Fact]
    public void NwsForecasts() => FuzzShare.Read(
        Mutations.Of(Samples.Bytes("gridpoints_forecast_hourly_si.json"), Samples.Bytes("gridpoints_forecast_us.json")),
        60_000, Share, input => Refusing(() => Check([NwsJson.ReadForecast(Florida, input, Now, new Plausible())])));

    [Fact]
    public void NwsPlaces() => FuzzShare.Read(
        Mutations.Of(Samples.Bytes("points.json"), Samples.Bytes("nws-stations-made-up.json")), 60_000, Share, input =>
        {
            Refusing(() => NwsJson.ReadPoint(Florida, input));
            Refusing(() => NwsJson.ReadStations(Florida, input));
        });

    [Fact]
    public void TheWeatherCompany() => FuzzShare.Read(
        Mutations.Of([.. Faults("twc-*.json"), Samples.Bytes("twc-hourly-made-up.json")]), 100_000, Share, input =>
            Refusing(() => Check(TheWeatherCompanyProvider.ReadHourly(Turin, input, Now).Parts)));

    [Fact]
    public void GhcnDays() => FuzzShare.Read(
        Mutations.Of([.. Faults("ghcn-*.csv"), Samples.Bytes("ghcn-by-year.csv")]), 100_000, Share, input => Refusing(() =>
        {
            var days = GhcnDailyProvider.ReadStation(Turin, "USW00014742", input, default);
            Assert.All(days.Days, d => Assert.InRange(d.MaximumCelsius ?? 0, -90, 60));
        }));

    [Fact]
    public void GhcnStations() => FuzzShare.Read(
        Mutations.Of("CA007025250  45.4700    7.7500   36.0 QC MADE UP\nUS1NYSL0001  44.9000   -4.9000  -999.9 NY MADE UP\r\n"),
        50_000, Share, input => Refusing(() => GhcnDailyProvider.ReadStations(Turin, input)));

    [Fact]
    public void RecordedFiles()
    {
        using var folder = new TempFolder();
        var options = new RecordedWeatherOptions { File = folder.File("w.csv"), UtcOffsetHours = -12 };
        FuzzShare.Read(Mutations.Of([.. Faults("recorded-*.csv")]), 100_000, Share, input => Refusing(() =>
        {
            File.WriteAllBytes(options.File, input);
            Check(RecordedWeather.Read("w", options).Versions);
        }));
    }

    private static void Check(IEnumerable<WeatherPart> parts)
    {
        foreach (var part in parts)
        {
            Check(part.Hours);
            Assert.True(double.IsFinite(part.Point.DistanceKilometres), part.Point.Name);
            Assert.Equal(part.Hours.Count, part.Hours.DistinctBy(h => h.Time).Count());
        }
    }

    private static void Check(IEnumerable<WeatherHour> hours)
    {
        foreach (var hour in hours)
        {
            Assert.Equal(hour, new Plausible().Check(hour));
            Assert.True(JsonAnswer.IsOurs(hour.Time.AddDays(-1)) && JsonAnswer.IsOurs(hour.Issued.AddDays(-1)), $"{hour.Time:O}");
        }
    }

    private static void Refusing(Action read)
    {
        try
        {
            read();
        }
        catch (Exception refusal) when (refusal is WeatherException || refusal.GetType() == typeof(FormatException))
        {
            Assert.InRange(refusal.Message.Length, 10, 1000);
        }
    }

    private static IEnumerable<byte[]> Faults(string pattern) => Directory
        .EnumerateFiles(Path.Combine(Samples.Folder(), "samples", "faults"), pattern).Order().Select(File.ReadAllBytes);
}
