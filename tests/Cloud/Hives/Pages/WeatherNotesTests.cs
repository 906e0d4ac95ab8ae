using IotGateway.Cloud.Hives.Pages;
using IotGateway.Cloud.Weather.Live;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Hives.Pages;

public sealed class WeatherNotesTests
{
    private static readonly WeatherState State = new(
        "open-meteo", "hill", WeatherCondition.Fresh, Noon, TimeSpan.FromHours(5), null, null, 0, 0, [], "Open-Meteo.com", "Its terms.");

    [Fact]
    public void TermsStandWhereTheWeatherIsShown() => Assert.Equal(["Weather from open-meteo: Its terms."], WeatherNotes.Of([State]));

    [Fact]
    public void StaleWeatherBearsItsAge() =>
        Assert.Equal(
            ["Weather from open-meteo is 5 hours old: the provider does not answer. Its terms."],
            WeatherNotes.Of([State with { Condition = WeatherCondition.Stale }]));

    [Fact]
    public void AProviderThatNeverAnsweredIsNamedAndOneAtRestIsNot() =>
        Assert.Equal(
            ["No weather from nws: it does not answer"],
            WeatherNotes.Of(
                [
                    State with { Condition = WeatherCondition.Resting },
                    State with { Provider = "nws", Condition = WeatherCondition.Failing, LastSuccess = null, Age = null },
                ]));
}
