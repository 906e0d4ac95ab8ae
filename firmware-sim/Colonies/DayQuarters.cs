using IotGateway.FirmwareSim.Recorded;

namespace IotGateway.FirmwareSim.Colonies;

/// <summary>A day of a simulated colony in quarters of hours, as its sensors would have it.</summary>
internal sealed class DayQuarters
{
    private const double NestCelsius = 34.5;
    private const double OutsidePartsPerMillion = 420;
    private const double MostCounted = 65_000;
    private const double MostPartsPerMillion = 40_000;

    private readonly ColonyLifeDay _day;
    private readonly WeatherRecording _recording;
    private readonly DateTimeOffset _midnight;
    private readonly double _flight;

    public DayQuarters(int place, ColonyLifeDay day, WeatherRecording recording)
    {
        (Place, _day, _recording) = (place, day, recording);
        _midnight = OutsideDays.Midnight(day.Date);
        var quarters = Enumerable.Range(0, 96).Select(q => _midnight.AddMinutes(15 * q)).ToList();
        _flight = quarters.Sum(t => OutsideDays.Flight(t, recording.At(t)));
    }

    /// <summary>Place of the day in the colony's life.</summary>
    public int Place { get; }

    /// <summary>Values of the node at a time of the day.</summary>
    public Dictionary<string, double?> At(DateTimeOffset time, ColonyScale scale)
    {
        var air = _recording.At(time);
        var flight = OutsideDays.Flight(time, air);
        var (swing, counted, carbonDioxide, sound) = (_day.Readings[0], _day.Readings[1], _day.Readings[2], _day.Readings[3]);

        // The deviation of these from their mean is the swing's share of that outside, and an empty box has the temperature of outside.
        var nest = ((1 - swing) * NestCelsius) + (swing * air.TemperatureCelsius);
        var isNight = flight <= 0;
        return new Dictionary<string, double?>(StringComparer.Ordinal)
        {
            ["hive_temperature"] = Math.Clamp(nest, -40, 60),
            ["weight"] = scale.At(Place, (time - _midnight) / TimeSpan.FromDays(1)),
            ["co2"] = Math.Min(OutsidePartsPerMillion + (carbonDioxide * (isNight ? 1 : 0.5)), MostPartsPerMillion),
            ["sound_level"] = Math.Clamp(sound + (isNight ? 0 : 3), 0, 120),
            ["bees_out"] = double.IsNaN(counted) ? null : _flight > 0 ? Math.Min(counted * flight / _flight, MostCounted) : 0,
        };
    }
}
