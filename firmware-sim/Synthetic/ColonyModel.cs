using IotGateway.FirmwareSim.Nodes;
using IotGateway.FirmwareSim.Recorded;

namespace IotGateway.FirmwareSim.Synthetic;

/// <summary>
/// A small daily-cycle model of a colony, driven by the recorded weather. It is drawn, not measured: it gives the pipeline every
/// field of the payload in plausible shapes, and teaches nothing about bees. README.md documents it.
/// </summary>
internal sealed class ColonyModel
{
    private static readonly string[] BandNames =
        [
            "sound_60_125", "sound_125_225", "sound_225_300", "sound_300_380", "sound_380_550", "sound_500_600", "sound_600_1200",
            "sound_2000_3600",
        ];

    private static readonly double[] BandDecibels = [46, 54, 57, 50, 45, 41, 37, 28];

    private readonly int _seed;
    private readonly string _hive;
    private readonly WeatherRecording _weather;
    private readonly Swarm? _swarm;
    private readonly double _strength;
    private readonly double _emptyKilograms;
    private readonly double _coupling;

    public ColonyModel(int seed, DevEui devEui, WeatherRecording weather, Swarm? swarm)
    {
        (_seed, _hive, _weather, _swarm) = (seed, devEui.Hex, weather, swarm);
        var draws = Draws.For(seed, "colony", _hive);
        _strength = draws.Between(0.6, 1.2);
        _emptyKilograms = draws.Between(34, 52);
        _coupling = draws.Between(0.5, 0.75);
    }

    public Measurement At(DateTimeOffset time)
    {
        var air = _weather.At(time);
        var noise = Draws.For(_seed, "sensor", _hive, time.ToUnixTimeSeconds());
        var local = time.ToOffset(WeatherRecording.StandardTime);
        var sun = Season.Sun(local);
        var strength = _strength * (_swarm?.StrengthAt(time) ?? 1);
        var flight = Season.Flight(local, air) * strength;
        var roar = _swarm?.RoarAt(time) ?? 0;

        var brood = 34.8 + (0.015 * (air.TemperatureCelsius - 20)) - (_swarm?.CoolingAt(time) ?? 0) + noise.Noise(0.12);
        var inside = (_coupling * brood) + ((1 - _coupling) * air.TemperatureCelsius) + noise.Noise(0.25);
        var tvoc = Math.Clamp(140 + (9 * (inside - 20)) + (60 * strength * (1 - sun)) + noise.Noise(12), 5, 60_000);
        var pm25 = Math.Clamp(Season.Haze(_seed, local) * (air.RainMillimetres > 0.2 ? 0.5 : 1) + noise.Noise(0.6), 0.5, 900);
        var bees = 15 * 55 * flight;

        var values = new Dictionary<string, double?>(24, StringComparer.Ordinal)
        {
            ["hive_temperature"] = inside,
            ["hive_humidity"] = Math.Clamp(58 + (0.22 * (air.HumidityPercent - 60)) - (0.3 * (inside - 30)) + noise.Noise(0.8), 25, 95),
            ["brood_temperature"] = brood,
            ["weight"] = _emptyKilograms + (_strength * Season.NectarKilograms(local)) - (0.45 * flight) - (_swarm?.LossAt(time) ?? 0)
                + noise.Noise(0.015),
            ["co2"] = Math.Clamp(450 + (strength * (900 + (2_600 * (1 - sun)))) + noise.Noise(90), 400, 40_000),
            ["tvoc"] = tvoc,
            ["eco2"] = 400 + (3.1 * tvoc),
            ["pm1"] = 0.68 * pm25,
            ["pm2_5"] = pm25,
            ["pm10"] = 1.4 * pm25,
            ["sound_level"] = 56 + (5 * strength) + (4 * flight) + (9 * roar) + noise.Noise(0.7),
            ["bees_in"] = Math.Max(0, bees * (0.97 + noise.Noise(0.05))),
            ["bees_out"] = Math.Max(0, (bees * (1 + noise.Noise(0.05))) + (_swarm?.DepartingAt(time) ?? 0)),
            ["battery_voltage"] = 3.82 + (0.24 * sun) - (0.02 * (20 - air.TemperatureCelsius) / 20) + noise.Noise(0.004),
        };

        for (var band = 0; band < BandNames.Length; band++)
        {
            var swarming = band == 5 ? 16 * roar : 4 * roar; // 500–600 Hz stands out before a swarm leaves
            values[BandNames[band]] = BandDecibels[band] + (3 * strength) + (3 * flight) + swarming + noise.Noise(0.8);
        }

        return new Measurement(time, values);
    }
}
