using IotGateway.Science.Hive.Colony.Drawing;

namespace IotGateway.Science.Hive.Colony.Weather;

/// <summary>Days of a climate one after the other, drawn from a seed.</summary>
/// <param name="climate">The place's.</param>
/// <param name="seed">Key of the draws.</param>
/// <param name="departureCelsius">How much warmer than usual the day before the first was, K; usual where nothing is known.</param>
public sealed class WeatherWalk(Climate climate, ulong seed, double departureCelsius = 0)
{
    private Noise _noise = new(seed);

    /// <summary>Departure of the last day from what is usual, K.</summary>
    public double DepartureCelsius { get; private set; } = departureCelsius;

    /// <summary>The next day's weather.</summary>
    /// <param name="dayOfYear">That day of the year, 1 to 366.</param>
    public ColonyWeather Next(int dayOfYear)
    {
        var fresh = climate.DepartureCelsius * Math.Sqrt(1 - (climate.Memory * climate.Memory));
        DepartureCelsius = (climate.Memory * DepartureCelsius) + (fresh * _noise.Normal());
        return climate.Day(dayOfYear, DepartureCelsius, _noise.Uniform() < climate.WetShare);
    }
}
