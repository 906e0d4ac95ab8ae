using CsCheck;
using IotGateway.Cloud.Weather.Hours;

namespace IotGateway.Cloud.Tests.Weather;

public sealed class KnownThenTests
{
    private static readonly DateTimeOffset Start = new(2021, 7, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<WeatherHour[]> Versions =
        Gen.Select(Gen.Int[0, 6], Gen.Int[-8, 8], Gen.Double[-20, 35], Gen.Bool, (valid, issued, celsius, observed) =>
            new WeatherHour(Start.AddHours(valid), celsius, null, null)
            {
                Kind = observed ? WeatherKind.Observation : WeatherKind.Forecast,
                Issued = observed ? Start.AddHours(valid) : Start.AddHours(issued),
            }).Array[0, 25].Select(all => all.DistinctBy(h => (h.Time, h.Kind, h.Issued)).ToArray());

    [Fact]
    public void ABacktestSeesOnlyWhatWasIssuedThen() => Gen.Select(Versions, Gen.Int[0, 8 * 60], Gen.Int[-8 * 60, 10 * 60])
        .Sample((all, valid, known) =>
        {
            var (at, knownAt) = (Start.AddMinutes(valid), Start.AddMinutes(known));
            var expected = all.Where(h => h.Time <= at && at - h.Time <= WeatherSeries.MaxAge && h.Issued <= knownAt)
                .OrderBy(h => h.Time).ThenBy(h => h.Kind == WeatherKind.Observation).ThenBy(h => h.Issued).LastOrDefault();

            Assert.Equal(expected, new WeatherSeries("w", "", all).AsOf(at, knownAt));
        }, iter: 10_000);

    [Fact]
    public void ARangeAsKnownThenHasOneVersionOfEachHour() => Gen.Select(Versions, Gen.Int[-8, 8]).Sample((all, known) =>
    {
        var knownAt = Start.AddHours(known);
        var expected = all.Where(h => h.Issued <= knownAt).GroupBy(h => h.Time).OrderBy(g => g.Key)
            .Select(g => g.OrderBy(h => h.Kind == WeatherKind.Observation).ThenBy(h => h.Issued).Last());

        var series = new WeatherSeries("w", "", all);
        Assert.Equal(expected, series.Range(Start, Start.AddHours(7), knownAt));
        Assert.Equal(series.Range(Start, Start.AddHours(7), DateTimeOffset.MaxValue), series.Range(Start, Start.AddHours(7)).ToArray());
    });

    [Fact]
    public void AForecastIsNotTakenForWhatWasKnownBeforeItWasIssued()
    {
        var series = new WeatherSeries(
            "w", "",
            [
                new WeatherHour(Start, 5, null, null) { Kind = WeatherKind.Forecast, Issued = Start.AddHours(-3) },
                new WeatherHour(Start, 9, null, null),
            ]);

        Assert.Equal(9, series.AsOf(Start)!.TemperatureCelsius);
        Assert.Equal(5, series.AsOf(Start, Start.AddHours(-1))!.TemperatureCelsius);
        Assert.Null(series.AsOf(Start, Start.AddHours(-4)));
    }
}
