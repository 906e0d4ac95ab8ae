using IotGateway.Science.Hive.Colony.Biology;
using IotGateway.Science.Hive.Colony.Drawing;
using IotGateway.Science.Hive.Colony.Filter;
using IotGateway.Science.Hive.Colony.Model;
using IotGateway.Science.Hive.Colony.Sensing;
using IotGateway.Science.Hive.Colony.Weather;

namespace IotGateway.Science.Hive.Colony.Simulated;

/// <summary>
/// Colony that never was, with everything in it known: what a filter says from its sensors and visits can be held against it. What a
/// simulation shows of a filter is that it reasons rightly from the model, not that the model is right.
/// </summary>
public sealed class SimulatedColony
{
    private const int WashedBees = 300;

    private readonly SensorKind[] _sensors;
    private readonly double[] _offsets;
    private ColonyState _colony;
    private Noise _chances;
    private Noise _errors;
    private Turnover _turnover;
    private double _gainGrams;

    /// <summary>A colony on the evening before 1 May.</summary>
    /// <param name="sensors">The hive's sensors.</param>
    /// <param name="warmthCelsius">Mean temperature of the week before, °C.</param>
    /// <param name="seed">Key of all that is drawn.</param>
    public SimulatedColony(IReadOnlyList<SensorKind> sensors, double warmthCelsius, ulong seed)
    {
        Check.Temperature(warmthCelsius);
        _sensors = [.. sensors];
        _chances = new Noise(seed);
        _errors = new Noise(seed, 1);
        _colony = SpringStart.Draw(ref _chances, warmthCelsius);
        _offsets = new double[_sensors.Length];
        for (var i = 0; i < _sensors.Length; i++)
            _offsets[i] = Signal.Of(_sensors[i]).Offset * _errors.Normal();
    }

    /// <summary>No bee is left.</summary>
    public bool IsLost => _colony.IsDead;

    /// <summary>A quantity as it is.</summary>
    public double Of(ColonyQuantity quantity) => Quantities.Of(quantity, _colony);

    /// <summary>Passes a day.</summary>
    public void Pass(in ColonyDay day)
    {
        var (bees, grams) = (_colony.Bees, _colony.StoresGrams);
        var (fed, harvested) = (_turnover.FedGrams, _turnover.HarvestedGrams);
        ColonyDynamics.Step(ref _colony, day, Chances.Draw(ref _chances, WeighedGain.None), ref _turnover);
        _gainGrams = _colony.StoresGrams - grams - (_turnover.FedGrams - fed) + (_turnover.HarvestedGrams - harvested)
            + (BeeBiology.BeeGrams * (_colony.Bees - bees));
    }

    /// <summary>Readings of the day passed last, one for each sensor in its unit; NaN where the day tells nothing.</summary>
    /// <param name="weather">The day's weather.</param>
    /// <param name="readings">Filled.</param>
    public void Measure(in ColonyWeather weather, Span<double> readings)
    {
        var (logs, logFlight) = (Signal.Logs(_colony), Signal.LogFlight(weather));
        for (var i = 0; i < _sensors.Length; i++)
        {
            var (kind, error) = (_sensors[i], _errors.Normal());
            _offsets[i] += Signal.Drift * _errors.Normal();
            readings[i] = kind == SensorKind.Scale
                ? (_gainGrams + (Signal.ScaleGrams * error)) / 1000
                : Signal.Reading(kind, Signal.Expected(kind, logs, logFlight) + _offsets[i] + (Signal.Of(kind).Day * error));
        }
    }

    /// <summary>An inspection as a person makes it: frames, food, and the mites of a wash of 300 bees.</summary>
    public Inspection Inspect()
    {
        var frames = Math.Exp(Sight.Log(_colony.Bees / Sight.BeesAFrame) + (Sight.FramesOfBees * _errors.Normal()));
        var brood = Math.Exp(Sight.Log(_colony.BroodCells / Sight.CellsAFrame) + (Sight.FramesOfBrood * _errors.Normal()));
        var stores = (_colony.StoresGrams / 1000) + (Sight.StoresKilograms * _errors.Normal());
        return new Inspection(Math.Min(frames, 120), Math.Min(brood, 120), Math.Clamp(stores, 0, 120), Wash(), WashedBees);
    }

    /// <summary>Poisson by its steps, of a mean that is gamma distributed.</summary>
    private int Wash()
    {
        var mean = 0.0;
        for (var i = 0; i < Sight.WashShape; i++)
            mean -= Math.Log(1 - _errors.Uniform());
        mean *= WashedBees * _colony.MitesPerHundred / 100 / Sight.WashShape;
        var count = 0;
        for (var passed = -Math.Log(1 - _errors.Uniform()); passed < mean && count < 10 * WashedBees; count++)
            passed -= Math.Log(1 - _errors.Uniform());
        return count;
    }
}
