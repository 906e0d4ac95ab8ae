using IotGateway.Cloud.Weather.Live;
using IotGateway.Cloud.Web;

namespace IotGateway.Cloud.Hives.Pages;

/// <summary>Notes of a page on the providers of its weather: their terms, and how old it is when they do not answer.</summary>
internal static class WeatherNotes
{
    public static IEnumerable<string> Of(IEnumerable<WeatherState> states)
    {
        foreach (var state in states)
        {
            switch (state.Condition)
            {
                case WeatherCondition.Fresh:
                    yield return $"Weather from {state.Provider}: {state.Terms}";
                    break;
                case WeatherCondition.Stale when state.Age is { } age:
                    yield return $"Weather from {state.Provider} is {Shown.Age(age)} old: the provider does not answer. {state.Terms}";
                    break;
                case WeatherCondition.Failing:
                    yield return $"No weather from {state.Provider}: {state.LastError?.Detail ?? "it does not answer"}";
                    break;
            }
        }
    }
}
